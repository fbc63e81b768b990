import { describe, expect, test } from 'vitest';
import type { Graph } from '../graph.ts';
import { testDefinitions } from '../testing/definitions.ts';
import { expr, graphOf } from '../testing/graph-of.ts';
import { branch, findings, first, giver, json, reader } from '../testing/nodes-of.ts';
import { describeType, type Type, t } from '../types.ts';
import { compile } from './compile.ts';
import { guard } from './guard.ts';
import { resultScopeAt, scopeAt } from './inspect.ts';

const loop = (initial: string, next: string, again = 'index < 3', config = {}) => ({
  type: 'loop',
  config,
  inputs: { initial: expr(initial), next: expr(next), again: expr(again) },
});
const edges = ['go.fired > l', 'l.each > x', 'l.done > z', 'l.limit > z'];
const looped = (l: ReturnType<typeof loop>, nodes: Parameters<typeof graphOf>[0] = {}, more: string[] = []) =>
  graphOf({ go: 'start', l, x: 'task', z: 'task', ...nodes }, [...edges, ...more]);
const errors = (graph: unknown) => findings(graph).filter(({ at }) => !at.startsWith('LIMIT'));

test('a loop is a scope of its own, with what it carries and asks at the end of a pass', () => {
  const { program } = compile(
    looped(loop('run.input.count', 'size(nodes.x.text) + item', 'item < 9')),
    testDefinitions,
  );
  expect(program?.states.l).toMatchObject({
    kind: 'loop',
    inputs: { initial: { expr: 'run.input.count' } },
    reads: ['go'],
    arcs: { done: { arrivals: [{ join: 'z' }] }, limit: { arrivals: [{ join: 'z' }] } },
    body: {
      arc: { start: ['x'], arrivals: [] },
      result: { expr: 'size(nodes.x.text) + item', reads: ['l', 'x'] },
      again: { expr: 'item < 9', reads: ['l'] },
      resultReads: ['l', 'x'],
      maxItems: 3,
      tolerates: 0,
    },
  });
  expect(program?.states.x?.scope).toBe('l');
  expect(program?.joins['$end:l']).toMatchObject({ edges: 1 });
  expect(Object.keys(program?.states.l?.inputs ?? {})).toEqual(['initial']);
});

describe('the value that a loop carries has one type in all passes', () => {
  const text = json(t.object({ choice: t.string({ enum: ['a', 'b'] }), n: t.integer({ minimum: 3, maximum: 4 }) }));
  const types: Record<string, Type> = {
    f: t.file(),
    b: t.boolean(),
    m: t.nullable(t.number({ minimum: 1 })),
    r: t.record(t.integer({ minimum: 1 })),
    a: t.any(),
  };
  const graph = (initial: string, next = 'item'): Graph =>
    guard(
      looped(loop(initial, next), { g: { type: 'task', config: { gives: text } }, h: giver(t.object(types)) }, [
        'go.fired > g',
        'go.fired > h',
        'g.ok > l',
        'h.ok > l',
      ]),
    ).graph!;
  const itemOf = (initial: string): string => describeType(scopeAt(graph(initial), testDefinitions, 'x').item as Type);

  test.each([
    ['nodes.g.choice', 'text'],
    ['nodes.g.n', 'whole number'],
    ['nodes.h.f', 'file'],
    ['nodes.h.b', 'true or false'],
    ['[nodes.g.n]', 'list of whole number'],
    ['nodes.h.a', 'anything'],
  ])('%s is carried as %s', (initial, type) => {
    expect(itemOf(initial)).toBe(type);
  });

  test('what holds of the first value only is not claimed of later ones', () => {
    expect(scopeAt(graph('nodes.h'), testDefinitions, 'x').item).toMatchObject({
      properties: {
        m: { type: 'union', of: [{ type: 'number' }, { type: 'null' }] },
        r: { additional: { type: 'integer' } },
      },
    });
    expect(JSON.stringify(scopeAt(graph('nodes.h'), testDefinitions, 'x').item)).not.toContain('minimum');
  });

  test('what a pass ends with must be of that type', () => {
    expect(first(looped(loop('1', 'string(item)'))).at).toBe('TYPE_MISMATCH l inputs.next');
    expect(first(looped(loop('1', 'item * 2'))).at).toBe('none');
    expect(first(looped(loop('1', 'item / 2'))).at).toBe('TYPE_MISMATCH l inputs.next');
    expect(first(looped(loop('{"n": 1}', '{"m": 1}'))).at).toBe('TYPE_MISMATCH l inputs.next');
  });

  test('where the first value is wrong itself, only that is said', () => {
    expect(errors(looped(loop('gone', 'item')))).toMatchObject([{ at: 'UNKNOWN_VARIABLE l inputs.initial' }]);
  });
});

test('what follows a loop reads its value and the number of passes', () => {
  const after = (read: string) =>
    errors(looped(loop('1', 'item + 1'), { z: reader(read) as never })).map(({ at }) => at);
  expect(after('nodes.l.value + nodes.l.passes')).toEqual([]);
  expect(after('nodes.l.items')).toEqual(['UNKNOWN_VARIABLE z inputs.in']);
  expect(first(looped(loop('1', 'item + 1'), { z: reader('nodes.x.text') as never })).message).toBe(
    '"x" runs in each pass of "l". Read nodes.l.value, which is what the last pass ended with.',
  );
  const failing = graphOf({ go: 'start', l: loop('1', 'item'), x: 'task', z: reader('nodes.l.code') as never }, [
    'go.fired > l',
    'l.each > x',
    'l.error > z',
  ]);
  expect(errors(failing)).toEqual([]);
});

test('the end of a pass sees what has certainly run in it', () => {
  const graph = guard(looped(loop('1', 'item'), { b: branch as never, y: 'task' }, ['x.ok > b', 'b.true > y'])).graph!;
  expect(describeType(resultScopeAt(graph, testDefinitions, 'l').nodes as Type)).toBe('object {y?, b, x, l, go}');
});

test.each([
  [{ maxPasses: null }, [], 'LOOP_UNBOUNDED l config.maxPasses'],
  [{}, ['x.ok > z'], 'MAP_BODY_ESCAPES x undefined'],
])('%j %j is %s', (config, more, at) => {
  expect(first(looped(loop('1', 'item', 'true', config), {}, more)).at).toBe(at);
});

test('a body that leaks is told apart from that of a map', () => {
  expect(first(looped(loop('1', 'item'), {}, ['x.ok > z'])).message).toBe(
    '"x" runs in each pass of "l", "z" does not. Continue from the outcome "done" of "l" instead.',
  );
});

test('a loop needs its condition, for which nothing is proposed', () => {
  const { again: _, ...inputs } = loop('1', 'item').inputs;
  const { diagnostics } = compile(looped({ type: 'loop', inputs } as never), testDefinitions);
  expect(diagnostics[0]).toMatchObject({ code: 'MISSING_BINDING', nodeId: 'l', field: 'inputs.again' });
  expect(diagnostics[0]?.fix).toBeUndefined();
});

test('a bound that leads nowhere is worth a warning', () => {
  const graph = graphOf({ go: 'start', l: loop('1', 'item') }, ['go.fired > l']);
  expect(findings(graph).map(({ at }) => at)).toEqual(['LIMIT_NOT_HANDLED l undefined']);
  expect(findings(looped(loop('1', 'item')))).toEqual([]);
});

test('text of strangers goes round in a loop', () => {
  const send = { type: 'send', config: { inputs: { in: { type: json(t.any()) } } }, inputs: { in: expr('item') } };
  const graph = looped(loop('""', 'nodes.r.text'), { x: send as never, r: 'read' }, ['l.each > r', 'x.error > r']);
  expect(findings(graph).map(({ at }) => at)).toContain('UNTRUSTED_UNSAFE_WRITE x inputs.in');
});

test('of the items of a map so many may fail as its configuration says', () => {
  const tolerates = (config: object) =>
    compile(
      graphOf({ go: 'start', m: { type: 'map', config: config as never, inputs: { items: expr('[1]') } } }, [
        'go.fired > m',
      ]),
      testDefinitions,
    ).program?.states.m?.body?.tolerates;
  expect(tolerates({})).toBeNull();
  expect(tolerates({ onItemError: 'stop' })).toBe(0);
  expect(tolerates({ onItemError: 'tolerate', tolerate: 3 })).toBe(3);
  expect(tolerates({ onItemError: 'tolerate' })).toBe(0);
});
