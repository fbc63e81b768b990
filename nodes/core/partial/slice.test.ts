import { describe, expect, test } from 'vitest';
import { compile } from '../compile/compile.ts';
import { graphSchema } from '../graph.ts';
import { testDefinitions } from '../testing/definitions.ts';
import { expr, graphOf } from '../testing/graph-of.ts';
import { sliceUntil } from './slice.ts';

const read = (graph: ReturnType<typeof graphOf>) => graphSchema.parse(graph);
const idsOf = (graph: ReturnType<typeof graphOf>, nodeId: string) =>
  sliceUntil(read(graph), testDefinitions, nodeId)?.graph.nodes.map(({ id }) => id);

const items = { items: { kind: 'value' as const, value: [1, 2] } };

describe('a graph until a node', () => {
  test('keeps what leads there and nothing beside or behind it', () => {
    const graph = graphOf({ s: 'start', other: 'start', a: 'task', beside: 'task', b: 'task', after: 'output' }, [
      's.fired > a',
      'other.fired > beside',
      'a.ok > b',
      'a.error > beside',
      'b.ok > after',
    ]);
    expect(idsOf(graph, 'b')).toEqual(['s', 'a', 'b']);
    const slice = sliceUntil(read(graph), testDefinitions, 'b');
    expect(slice?.graph.edges.map(({ id }) => id)).toEqual(['s.fired>a', 'a.ok>b']);
    expect(compile(slice?.graph, testDefinitions).program).not.toBeNull();
  });

  test('keeps the loop around the node with that part of its body, and ends each pass there', () => {
    const graph = graphOf(
      {
        s: 'start',
        m: { type: 'map', inputs: { ...items, result: expr('nodes.b.text') } },
        a: 'task',
        b: 'task',
        l: {
          type: 'loop',
          inputs: { initial: { kind: 'value', value: 1 }, next: expr('nodes.c.text'), again: expr('true') },
        },
        c: 'task',
        done: 'output',
      },
      ['s.fired > m', 'm.each > a', 'a.ok > l', 'l.each > c', 'l.done > b', 'm.done > done'],
    );
    const slice = sliceUntil(read(graph), testDefinitions, 'a');
    expect(slice?.containers).toEqual(['m']);
    expect(slice?.graph.nodes.map(({ id }) => id)).toEqual(['s', 'm', 'a']);
    expect(compile(slice?.graph, testDefinitions).diagnostics.filter(({ severity }) => severity === 'error')).toEqual(
      [],
    );
    const inner = sliceUntil(read(graph), testDefinitions, 'c');
    expect(inner?.containers).toEqual(['m', 'l']);
    expect(inner?.graph.nodes.map(({ id }) => id)).toEqual(['s', 'm', 'a', 'l', 'c']);
    expect(inner?.graph.nodes.find(({ id }) => id === 'l')?.inputs).toMatchObject({
      initial: { value: 1 },
      next: { value: null },
      again: { value: false },
    });
    expect(compile(inner?.graph, testDefinitions).program).not.toBeNull();
  });

  test('keeps a loop before the node whole, and the body of one that is itself the end', () => {
    const graph = graphOf(
      { s: 'start', m: { type: 'map', inputs: items }, a: 'task', b: 'task', after: 'task', last: 'task' },
      ['s.fired > m', 'm.each > a', 'a.ok > b', 'm.done > after', 'after.ok > last'],
    );
    expect(idsOf(graph, 'after')).toEqual(['s', 'm', 'a', 'b', 'after']);
    expect(idsOf(graph, 'm')).toEqual(['s', 'm', 'a', 'b']);
    const empty = graphOf({ s: 'start', m: { type: 'map', inputs: items }, after: 'task' }, [
      's.fired > m',
      'm.done > after',
    ]);
    expect(idsOf(empty, 'after')).toEqual(['s', 'm', 'after']);
  });

  test('takes along what undoes a node that stays, and no rules about failures of many runs', () => {
    const graph = graphOf({ s: 'start', hold: 'hold', back: 'task', after: 'task' }, [
      's.fired > hold',
      'hold.undo > back',
      'hold.ok > after',
    ]);
    const thresholds = [{ name: 'Too many', nodes: ['after'], failures: 1, withinMs: 1_000 }];
    const slice = sliceUntil(read({ ...graph, settings: { thresholds } }), testDefinitions, 'hold');
    expect(slice?.graph.nodes.map(({ id }) => id)).toEqual(['s', 'hold', 'back']);
    expect(slice?.graph.settings?.thresholds).toEqual([]);
  });

  test('keeps disabled nodes between, which are passed over', () => {
    const graph = graphOf({ s: 'start', off: 'task', b: 'task' }, ['s.fired > off', 'off.ok > b']);
    const nodes = graph.nodes.map((node) => (node.id === 'off' ? { ...node, disabled: true as const } : node));
    const slice = sliceUntil(read({ ...graph, nodes }), testDefinitions, 'b');
    expect(slice?.graph.nodes.map(({ id }) => id)).toEqual(['s', 'off', 'b']);
    expect(compile(slice?.graph, testDefinitions).program?.triggers).toHaveProperty('s');
  });

  test('is nothing where the node is not there', () => {
    expect(sliceUntil(read(graphOf({ s: 'start' })), testDefinitions, 'gone')).toBeNull();
  });
});
