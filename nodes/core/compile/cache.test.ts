import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GraphInput } from '../graph.ts';
import { testDefinitions } from '../testing/definitions.ts';
import { expr, graphOf } from '../testing/graph-of.ts';
import { randomGraph, seeded } from '../testing/random-graph.ts';
import { createCompileCache } from './cache.ts';
import { check, compile } from './compile.ts';
import { guard } from './guard.ts';

type Random = () => number;
type Node = GraphInput['nodes'][number];
const pick = <Item>(random: Random, from: readonly Item[]): Item => from[Math.floor(random() * from.length)] as Item;

const changes: ((node: Node, random: Random) => Node)[] = [
  (node) => ({ ...node, title: `${node.title ?? ''}x` }),
  (node, random) => ({ ...node, type: pick(random, ['task', 'branch', 'model', 'read', 'send', 'gone', 'versioned']) }),
  (node, random) => ({
    ...node,
    inputs: { in: expr(pick(random, ['1', 'run.input.nmae', 'nodes.n0.text', '(', ''])) },
  }),
  (node) => ({ ...node, config: { ...node.config, wrong: 'It is wrong.' } }),
  (node) => ({ ...node, config: { nonsense: true } }),
  (node) => (node.disabled ? (({ disabled: _, ...rest }) => rest)(node) : { ...node, disabled: true }),
  (node) => ({ ...node, version: 0 }),
  (node) => ({ ...node, inputs: { ['__proto__x'.slice(0, 9)]: expr('1') } }),
];

/** One edit as the editor makes it: what does not change stays the same object. */
function edited(graph: GraphInput, random: Random): GraphInput {
  const roll = random();
  const at = Math.floor(random() * graph.nodes.length);
  if (roll < 0.6)
    return { ...graph, nodes: graph.nodes.map((node, n) => (n === at ? pick(random, changes)(node, random) : node)) };
  if (roll < 0.7) return { ...graph, nodes: graph.nodes.toSpliced(at, 1) };
  if (roll < 0.8) return { ...graph, edges: graph.edges.toSpliced(Math.floor(random() * graph.edges.length), 1) };
  if (roll < 0.9) {
    const [from, to] = [pick(random, graph.nodes).id, pick(random, graph.nodes).id];
    return { ...graph, edges: [...graph.edges, { id: `${from}-${to}`, from, outcome: 'ok', to }] };
  }
  return { ...graph, settings: { onFailure: pick(random, ['ask', 'stop'] as const) } };
}

test('after any edits the answer is the same as without what earlier compilations found', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 12 }), (seed, size) => {
      const random = seeded(seed);
      const cache = createCompileCache();
      let graph = randomGraph(random, size);
      let before = graph;
      for (let turn = 0; turn < 12; turn += 1) {
        const fresh = compile(structuredClone(graph), testDefinitions);
        expect(compile(graph, testDefinitions, { cache })).toEqual(fresh);
        // An undo brings back elements that were known.
        [graph, before] = random() < 0.2 ? [before, graph] : [edited(graph, random), graph];
        if (graph.nodes.length === 0) return;
      }
    }),
    { numRuns: 150, seed: 4 },
  );
});

test('documents that are no graphs are refused as without it', () => {
  const graph = graphOf({ go: 'start', a: 'task' }, ['go.fired > a']);
  const node = graph.nodes[0] as Node;
  const many = Array.from({ length: 45 }, (_, n) => ({ ...node, id: `n${n}`, config: { text: 'x'.repeat(99_000) } }));
  const deep = JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`);
  for (const document of [
    null,
    7,
    {},
    { ...graph, nodes: 1 },
    { ...graph, edges: undefined },
    { ...graph, version: 2 },
    { ...graph, nodes: [1] },
    { ...graph, nodes: [null] },
    { ...graph, name: '' },
    { ...graph, edges: [{ id: 'e' }] },
    { ...graph, nodes: [{ ...node, id: '9' }] },
    { ...graph, nodes: [{ ...node, config: { deep } }] },
    { ...graph, settings: { deep } },
    { ...graph, nodes: many },
    { ...graph, nodes: Array.from({ length: 5_001 }, () => node) },
    { ...graph, nodes: [node, node] },
    graph,
  ])
    expect(guard(document, createCompileCache())).toEqual(guard(document));
});

test('checking finds what compiling finds, and writes the program when it is asked for', () => {
  const graph = graphOf({ go: 'start', a: 'task' }, ['go.fired > a']);
  const { rest, ...found } = check(graph, testDefinitions);
  const { program, ...compiled } = compile(graph, testDefinitions);
  expect(found).toEqual(compiled);
  expect(rest?.program()).toEqual(program);
  expect(check(null, testDefinitions).rest).toBeNull();
});
