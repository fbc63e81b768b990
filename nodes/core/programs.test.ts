import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile } from './compile/compile.ts';
import { resultScopeAt, scopeAt } from './compile/inspect.ts';
import type { GraphInput } from './graph.ts';
import type { Json } from './json.ts';
import { runEnd } from './program.ts';
import { simulate } from './simulate.ts';
import type { StepEvent } from './step.ts';
import { testDefinitions } from './testing/definitions.ts';
import { expr } from './testing/graph-of.ts';
import { randomGraph, seeded } from './testing/random-graph.ts';
import { checkValue, type ObjectType } from './types.ts';

const failure = { code: 'INTERNAL', message: 'It failed.' } as const;

/** The graph with something on each map and loop that reads all that has certainly run by the end of an iteration. */
function withResults(graph: GraphInput): GraphInput {
  const read = compile(graph, testDefinitions).graph!;
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      if (node.type !== 'map' && node.type !== 'loop') return node;
      const { nodes } = resultScopeAt(read, testDefinitions, node.id) as { nodes: ObjectType };
      const certain = nodes.required.filter((id) => id !== node.id).map((id) => `json(nodes.${id})`);
      const all = `[${certain.join(', ')}]`;
      const atEnd: typeof node.inputs =
        node.type === 'map' ? { result: expr(all) } : { next: expr(`item + 1 + 0 * size(${all})`) };
      return { ...node, inputs: { ...node.inputs, ...atEnd } };
    }),
  };
}

function wait(roll: number): StepEvent {
  const wake = { kind: 'in', ms: Math.round(roll * 1_000) } as const;
  return roll < 0.15 ? { kind: 'sleep', wake } : { kind: 'await-event', name: 'paid', key: '7', wake };
}

type Chance = { outcomes: string[]; random: () => number; woken: boolean };

function respond({ outcomes, random, woken }: Chance): StepEvent {
  const outcome = outcomes[Math.floor(random() * outcomes.length)];
  const roll = random();
  if (outcome === 'error' || roll < 0.02) return { kind: 'failed', failure, retryInMs: null };
  if (roll < 0.1) return { kind: 'failed', failure, retryInMs: 5 };
  if (roll < 0.2 && !woken) return wait(roll);
  const isGate = outcome === 'approved' || outcome === 'edited' || outcome === 'rejected';
  return { kind: 'done', outcome: outcome!, output: isGate || outcome === 'ok' ? { text: 'x' } : {} };
}

test('whatever happens: a run ends, no state starts twice, and what was promised to have run has run', {
  timeout: 60_000,
}, () => {
  let ran = 0;
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 25 }), (seed, size) => {
      const random = seeded(seed);
      const graph: GraphInput = {
        ...withResults(randomGraph(random, size)),
        settings: { onFailure: random() < 0.3 ? 'ask' : 'stop' },
      };
      const { program, diagnostics, graph: read } = compile(graph, testDefinitions);
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      expect(errors.filter(({ code }) => code !== 'JOIN_IMPOSSIBLE')).toEqual([]);
      if (!program) return;
      ran += 1;
      const scopes = new Map(Object.keys(program.states).map((id) => [id, scopeAt(read!, testDefinitions, id)]));
      const { status, steps } = simulate(program, {
        trigger: 'go',
        input: { name: 'Ada', count: 1 },
        random,
        maxSteps: 20_000,
        resolve: ({ state }) => {
          if (random() < 0.5) return { kind: random() < 0.5 ? 'retry' : 'stop' };
          return program.states[state]!.kind === 'task' ? { kind: 'skip', value: { text: 'x' } } : { kind: 'stop' };
        },
        respond: ({ state, scope, woken }) => {
          const types = scopes.get(state)!;
          const problem =
            checkValue(types.nodes!, scope.nodes as Json) ?? checkValue(types.run!, { spendMicros: 0, ...scope.run });
          expect(problem, `${state} reads ${JSON.stringify(scope.nodes)}`).toBeNull();
          const { kind, arcs } = program.states[state]!;
          if (kind === 'call' && !woken)
            return { kind: 'call', pipeline: 'other', version: 1, input: {}, wake: { kind: 'in', ms: 5 } };
          if (kind !== 'map' && kind !== 'loop')
            return respond({ outcomes: Object.keys(arcs), random, woken: woken !== null });
          if (random() < 0.1) return { kind: 'failed', failure, retryInMs: null };
          if (kind === 'loop') return { kind: 'loop', value: 0 };
          return { kind: 'map', items: Array.from({ length: Math.floor(random() * 4) }, (_, n) => n), concurrency: 2 };
        },
      });
      expect(status).not.toBe('waiting');
      const aside = new Set(Object.values(program.states).map(({ undo }) => undo));
      expect(steps.filter((step) => aside.has(step.state))).toEqual([]);
      if (status === 'completed')
        expect(steps.filter((step) => step.status === 'ready' || step.status === 'waiting')).toEqual([]);
      expect(program.joins[runEnd]).toBeDefined();
    }),
    { numRuns: 500 },
  );
  expect(ran).toBeGreaterThan(250);
});

test('the same graph has the same hash, whatever the order of its nodes, edges and members', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = seeded(seed);
      const graph = randomGraph(random, 20);
      const shuffle = <Item>(list: Item[]): Item[] =>
        list
          .map((item) => ({ item, at: random() }))
          .sort((a, b) => a.at - b.at)
          .map(({ item }) => item);
      const members = <Value>(value: Value): Value =>
        value === null || typeof value !== 'object'
          ? value
          : Array.isArray(value)
            ? (value.map(members) as Value)
            : (Object.fromEntries(
                shuffle(Object.entries(value).map(([key, member]) => [key, members(member)])),
              ) as Value);
      const other = members({
        ...graph,
        name: 'Other',
        nodes: shuffle(graph.nodes),
        edges: shuffle(graph.edges).map((edge, n) => ({ ...edge, id: `e${n}` })),
      });
      const moved = {
        ...other,
        nodes: other.nodes.map((node) => ({ ...node, title: 'x', position: { x: random(), y: 1 } })),
      };
      const [a, b] = [compile(graph, testDefinitions), compile(moved, testDefinitions)];
      expect(b.program?.hash).toBe(a.program?.hash);
      expect(b.diagnostics).toEqual(a.diagnostics);
    }),
    { numRuns: 200 },
  );
});
