import { produce } from 'immer';
import { describe, expect, it } from 'vitest';
import { type Graph, graphSchema } from '#nodes/core/graph.ts';
import { applyCommand } from '../document/apply.ts';
import { groupAt, groupEntered } from './moved-groups.ts';

const at = (x: number, y: number) => ({ x, y });
const graph: Graph = graphSchema.parse({
  format: 'solograph/graph',
  version: 1,
  name: 'Frames',
  nodes: [
    { id: 'inside', type: 'output', version: 1, position: at(0, 0) },
    { id: 'far', type: 'output', version: 1, position: at(600, 600) },
    { id: 'free', type: 'output', version: 1, position: at(2_000, 0) },
  ],
  edges: [],
  notes: [{ id: 'note', text: 'Hello', position: at(2_000, 300) }],
  groups: [
    { id: 'wide', title: 'Wide', nodes: ['inside', 'far'], notes: [] },
    { id: 'other', title: 'Other', nodes: ['free'], notes: [] },
  ],
});

describe('what is let go on the canvas', () => {
  it('comes into the frame that its middle lies in', () => {
    expect(groupEntered(graph, { free: at(300, 300) })).toBe('wide');
    expect(groupEntered(graph, { 'note:note': at(300, 300) })).toBe('wide');
    expect(groupEntered(graph, { free: at(900, 300) })).toBeNull();
    expect(groupAt(graph, at(300, 300))).toBe('wide');
    expect(groupAt(graph, at(3_000, 3_000))).toBeNull();
    expect(groupAt({ ...graph, groups: undefined }, at(300, 300))).toBeNull();
  });

  it('comes in only as a whole, and nothing comes in that is there already', () => {
    expect(groupEntered(graph, { free: at(300, 300), 'note:note': at(2_000, 300) })).toBeNull();
    expect(groupEntered(graph, { inside: at(40, 40) })).toBeNull();
    expect(groupEntered(graph, { 'group:other': at(300, 300) })).toBeNull();
    expect(groupEntered(graph, {})).toBeNull();
  });

  it('comes into the inmost of frames within each other', () => {
    const nested: Graph = {
      ...graph,
      nodes: [...graph.nodes, { ...graph.nodes[0]!, id: 'small', position: at(300, 300) }],
      groups: [...(graph.groups ?? []), { id: 'inmost', title: '', nodes: ['small'], notes: [] }],
    };
    expect(groupEntered(nested, { free: at(310, 310) })).toBe('inmost');
  });

  it('leaves the group that it was in, which is gone when nothing is left in it', () => {
    const moved = produce(graph, (draft) =>
      applyCommand(draft, { kind: 'move', nodes: { free: at(300, 300) }, notes: { note: at(0, 300) }, into: 'wide' }),
    );
    expect(moved.groups).toEqual([{ id: 'wide', title: 'Wide', nodes: ['inside', 'far', 'free'], notes: ['note'] }]);
    const gone = produce(graph, (draft) =>
      applyCommand(draft, { kind: 'move', nodes: { free: at(300, 300) }, notes: {}, into: 'gone' }),
    );
    expect(gone.groups).toEqual(graph.groups);
  });
});
