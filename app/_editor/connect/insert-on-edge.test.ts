import { describe, expect, it } from 'vitest';
import { testGraph } from '#app/_canvas/testing/graph.ts';
import type { Graph } from '#nodes/core/graph.ts';
import { roomOnEdge, splitEdge } from './insert-on-edge.ts';

function drawn(places: Record<string, [number, number]>): Graph {
  const graph = testGraph('s:start a:do b:do c:do s.fired>a a.ok>b');
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      const [x, y] = places[node.id] ?? [0, 0];
      return { ...node, position: { x, y } };
    }),
    notes: [{ id: 'note', text: '', position: { x: 600, y: 300 } }],
  };
}

describe('a node that is put on an edge', () => {
  it('stands in the middle where there is room, and nothing moves', () => {
    const graph = drawn({ s: [0, 0], a: [244, 0], b: [800, 40], c: [0, 400] });
    const { position, moved } = roomOnEdge(graph, { from: 'a', to: 'b' });
    expect(position).toEqual({ x: 524, y: 20 });
    expect(moved).toEqual({ nodes: {}, notes: {} });
  });

  it('pushes what lies right along where there is none, in whole columns', () => {
    const graph = drawn({ s: [0, 0], a: [244, 0], b: [488, 0], c: [488, 152] });
    const { position, moved } = roomOnEdge(graph, { from: 'a', to: 'b' });
    expect(position).toEqual({ x: 488, y: 0 });
    expect(moved).toEqual({
      nodes: { b: { x: 732, y: 0 }, c: { x: 732, y: 152 } },
      notes: { note: { x: 844, y: 300 } },
    });
  });

  it('stands beside the node that it follows where the edge leads back', () => {
    const graph = drawn({ s: [0, 0], a: [488, 0], b: [0, 304], c: [0, 600] });
    expect(roomOnEdge(graph, { from: 'a', to: 'b' }).position).toEqual({ x: 732, y: 0 });
  });

  it('is not in its own way where it was there already', () => {
    const graph = drawn({ s: [0, 0], a: [244, 0], b: [800, 0], c: [520, 0] });
    expect(roomOnEdge(graph, { from: 'a', to: 'b' }, 'c').position).toEqual({ x: 524, y: 0 });
  });

  it('divides the edge: the outcome leads to it, and it leads on', () => {
    const graph = drawn({});
    const edge = graph.edges[1];
    if (!edge) throw new Error('The graph has two edges.');
    expect(splitEdge(graph, edge, { id: 'c', outcome: 'ok' })).toEqual([
      { id: 'a-ok-c', from: 'a', outcome: 'ok', to: 'c' },
      { id: 'c-ok-b', from: 'c', outcome: 'ok', to: 'b' },
    ]);
  });
});
