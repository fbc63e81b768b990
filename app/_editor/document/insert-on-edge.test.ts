import { describe, expect, it } from 'vitest';
import { testGraph } from '#app/_canvas/testing/graph.ts';
import type { GraphEdge, GraphNode } from '#nodes/core/graph.ts';
import type { InsertOnEdge } from './command.ts';
import { createDocumentStore } from './store.ts';

const graph = testGraph('s:start a:do b:do s.fired>a a.ok>b');
const edges: [GraphEdge, GraphEdge] = [
  { id: 'a-ok-c', from: 'a', outcome: 'ok', to: 'c' },
  { id: 'c-ok-b', from: 'c', outcome: 'ok', to: 'b' },
];
const node = { ...(graph.nodes[1] as GraphNode), id: 'c' };
const insert: InsertOnEdge = {
  kind: 'insert-on-edge',
  edgeId: 'a.ok>b',
  nodeId: 'c',
  node,
  edges,
  bindings: [{ nodeId: 'c', input: 'text', binding: { kind: 'expr', expr: 'nodes.a.text' } }],
  moved: { nodes: { b: { x: 488, y: 0 } }, notes: {} },
};

describe('a node put on an edge', () => {
  it('is one edit: the edge is divided, the node bound, what lies right moved; undone, the document is the same', () => {
    const document = createDocumentStore(graph);
    document.dispatch(insert);
    const after = document.store.getState();
    expect(after.past.map(({ label }) => label)).toEqual(['Insert on the wire']);
    expect(after.graph.edges.map(({ id }) => id)).toEqual(['s.fired>a', 'a-ok-c', 'c-ok-b']);
    expect(after.graph.nodes.find(({ id }) => id === 'c')?.inputs).toEqual({
      text: { kind: 'expr', expr: 'nodes.a.text' },
    });
    expect(after.graph.nodes.find(({ id }) => id === 'b')?.position).toEqual({ x: 488, y: 0 });
    document.undo();
    expect(JSON.stringify(document.store.getState().graph)).toBe(JSON.stringify(graph));
  });

  it('does nothing where the edge has gone meanwhile', () => {
    const document = createDocumentStore(graph);
    expect(document.dispatch({ ...insert, edgeId: 'gone' })).toBe(false);
  });

  it('joins the group that the wire is in', () => {
    const grouped = { ...graph, groups: [{ id: 'g', title: 'Group', nodes: ['a', 'b'], notes: [] }] };
    const document = createDocumentStore(grouped);
    document.dispatch({ ...insert, into: 'g' });
    expect(document.store.getState().graph.groups?.[0]?.nodes).toEqual(['a', 'b', 'c']);
    document.undo();
    expect(JSON.stringify(document.store.getState().graph)).toBe(JSON.stringify(grouped));
  });

  it('goes with a wire that is led elsewhere: the bindings of the new target are part of the same edit', () => {
    const document = createDocumentStore(graph);
    document.dispatch({
      kind: 'reconnect',
      edgeId: 'a.ok>b',
      edge: { id: 'a.ok>b', from: 's', outcome: 'fired', to: 'b' },
      bindings: [{ nodeId: 'b', input: 'text', binding: { kind: 'expr', expr: 'run.input.text' } }],
    });
    expect(document.store.getState().past).toHaveLength(1);
    expect(document.store.getState().graph.nodes[2]?.inputs).toHaveProperty('text');
  });
});
