import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Graph, graphSchema } from '#nodes/core/graph.ts';
import { add, all, base, config, edit, join, merged, node, remove } from './testing.ts';
import type { Side } from './three-way.ts';

const change = (names: readonly string[]) =>
  fc.oneof(
    fc
      .tuple(fc.constantFrom(...names), fc.constantFrom('prompt', 'model'), fc.string({ maxLength: 3 }))
      .map(([id, name, value]) => config(id, name, value)),
    fc
      .tuple(fc.constantFrom(...names), fc.integer({ min: 1, max: 99 }))
      .map(([id, x]) => edit(id, () => ({ position: { x, y: 1 } }))),
    fc.constantFrom(...names).map((id) => remove(id)),
    fc.tuple(fc.constantFrom('output', 'output2'), fc.string({ minLength: 1, maxLength: 2 })).map(
      ([id, title]) =>
        (graph: Graph) =>
          graph.nodes.some((each) => each.id === id) ? graph : add(node(id, { title }))(graph),
    ),
    fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)).map(
      ([from, to]) =>
        (graph: Graph) =>
          [from, to].every((id) => graph.nodes.some((each) => each.id === id)) && graph.edges.length < 6
            ? join(`e${graph.edges.length}`, from, to)(graph)
            : graph,
    ),
  );
const edits = (names: readonly string[]) => fc.array(change(names), { maxLength: 8 }).map((list) => all(...list));
const everything = ['start', 'draft', 'send'] as const;

describe('merging any two drafts', () => {
  it('with a side that changed nothing gives the other', () => {
    fc.assert(
      fc.property(edits(everything), (side) => {
        expect(merged(side, base).graph).toEqual(side);
        expect(merged(base, side).graph).toEqual(side);
      }),
    );
  });

  it('gives a document that passes the schema, without an edge that leads nowhere', () => {
    const picks = fc.constantFrom<Side>('mine', 'theirs');
    fc.assert(
      fc.property(edits(everything), edits(everything), picks, (mine, theirs, side) => {
        const asked = merged(mine, theirs);
        const { graph, ids } = merged(mine, theirs, Object.fromEntries(asked.clashes.map(({ id }) => [id, side])));
        expect(graphSchema.safeParse(graph).success).toBe(true);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { from, to } of graph.edges) expect([ids.includes(from), ids.includes(to)]).toEqual([true, true]);
      }),
      { numRuns: 300 },
    );
  });

  it('has what both did, where they did it in different places', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 99 }), fc.string({ minLength: 1 }), (prompt, x, title) => {
        const mine = all(config('draft', 'prompt', `!${prompt}`), add(node('output', { title })));
        const theirs = all(
          edit('send', () => ({ position: { x, y: 1 } })),
          remove('start'),
          add(node('output', { title: `${title}?` })),
        );
        const both = merged(mine, theirs);
        expect(both.clashes).toEqual([]);
        expect(both.ids).toEqual(['draft', 'send', 'output', 'output2']);
        expect(both.node('draft')?.config.prompt).toBe(`!${prompt}`);
        expect(both.node('send')?.position.x).toBe(x);
        expect([both.node('output')?.title, both.node('output2')?.title]).toEqual([title, `${title}?`]);
      }),
    );
  });
});
