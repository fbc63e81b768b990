import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Graph, graphSchema } from '#nodes/core/graph.ts';
import { createDeltaReceiver, createDeltaSender } from './graph-delta.ts';

const node = (id: string) => graphSchema.shape.nodes.element.parse({ id, type: 'output', version: 1 });
const graphOf = (count: number): Graph =>
  graphSchema.parse({
    format: 'solograph/graph',
    version: 1,
    name: 'x',
    nodes: Array.from({ length: count }, (_, n) => node(`n${n}`)),
    edges: Array.from({ length: count - 1 }, (_, n) => ({
      id: `e${n}`,
      from: `n${n}`,
      outcome: 'ok',
      to: `n${n + 1}`,
    })),
  });

it('what arrives is what was sent, whatever happens between', () => {
  const edit = fc.record({
    kind: fc.constantFrom('change', 'drop', 'add', 'swap', 'all', 'none', 'back'),
    at: fc.nat(),
    to: fc.nat(),
  });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 20 }), (edits) => {
      const [send, receive] = [createDeltaSender(), createDeltaReceiver()];
      let graph = graphOf(6);
      let before = graph;
      let fresh = 0;
      for (const { kind, at, to } of edits) {
        const delta = structuredClone(send(graph));
        const arrived = receive(delta);
        expect(arrived).toEqual(graph);
        const nodes = [...graph.nodes];
        const n = at % Math.max(1, nodes.length);
        if (kind === 'change' && nodes[n]) nodes[n] = { ...nodes[n], title: `t${fresh++}` };
        if (kind === 'drop') nodes.splice(n, 1);
        if (kind === 'add') nodes.splice(n, 0, node(`x${fresh++}`));
        if (kind === 'swap' && nodes.length > 1) nodes.splice(to % nodes.length, 0, ...nodes.splice(n, 1));
        const next =
          kind === 'all'
            ? { ...structuredClone(graph), name: `n${fresh++}` }
            : kind === 'none'
              ? graph
              : { ...graph, nodes };
        [graph, before] = kind === 'back' ? [before, graph] : [next, graph];
      }
      expect(receive(structuredClone(send(graph)))).toEqual(graph);
    }),
  );
});

it('an edit of one node sends one node, and the others stay the same objects', () => {
  const [send, receive] = [createDeltaSender(), createDeltaReceiver()];
  const graph = graphOf(5_000);
  const arrived = receive(structuredClone(send(graph)));
  const nodes = [...graph.nodes];
  nodes[2_000] = { ...node('n2000'), title: 'New' };
  const delta = send({ ...graph, nodes });
  expect(delta.lists.nodes).toEqual([{ keep: [0, 2_000] }, { put: [nodes[2_000]] }, { keep: [2_001, 2_999] }]);
  expect(delta.lists.edges).toEqual([{ keep: [0, 4_999] }]);
  const again = receive(structuredClone(delta));
  expect(again.nodes[7]).toBe(arrived.nodes[7]);
  expect(again.nodes[2_000]?.title).toBe('New');
});
