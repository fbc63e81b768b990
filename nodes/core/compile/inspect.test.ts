import { expect, test } from 'vitest';
import type { Graph } from '../graph.ts';
import type { JsonObject } from '../json.ts';
import { testDefinitions } from '../testing/definitions.ts';
import { expr, graphOf } from '../testing/graph-of.ts';
import { describeType, type Type, t } from '../types.ts';
import { guard } from './guard.ts';
import { fieldScopeAt, proposeBindings, resultScopeAt, scopeAt } from './inspect.ts';
import { member } from './propose.ts';

const json = (type: Type): JsonObject => type as unknown as JsonObject;
const graph = (...args: Parameters<typeof graphOf>): Graph => guard(graphOf(...args)).graph!;
const row = t.object({ email: t.string(), 'Company Name': t.string(), score: t.number() });
const sales = graph(
  {
    go: 'start',
    rows: {
      type: 'task',
      config: { gives: json(t.object({ rows: t.array(row), file: t.file(), total: t.integer() })) },
    },
    each: { type: 'map', inputs: { items: expr('nodes.rows.rows') } },
    draft: {
      type: 'task',
      config: {
        gives: json(t.object({ subject: t.string(), body: t.string(), note: t.string() }, ['subject', 'body'])),
      },
    },
    b: { type: 'branch', inputs: { condition: expr('true') } },
    side: 'task',
    end: 'task',
  },
  [
    'go.fired > rows',
    'rows.ok > each',
    'each.each > draft',
    'draft.ok > b',
    'b.true > side',
    'side.ok > end',
    'b.false > end',
  ],
);

test('the scope of a node has what it can read, with what may be absent', () => {
  const scope = scopeAt(sales, testDefinitions, 'end');
  expect(Object.keys(scope)).toEqual(['run', 'nodes', 'item', 'index']);
  expect(describeType(scope.run as Type)).toBe('object {id, input, startedAt, spendMicros}');
  expect(describeType(scope.nodes as Type)).toBe('object {side?, b, draft, each, rows, go}');
  expect(describeType(scope.item as Type)).toBe('object {email, Company Name, score}');
  expect(scopeAt(sales, testDefinitions, 'rows').item).toBeUndefined();
  expect(scopeAt(sales, testDefinitions, 'gone')).toEqual({});
});

test('the result of a map sees the end of an iteration', () => {
  const scope = resultScopeAt(sales, testDefinitions, 'each');
  expect(describeType(scope.nodes as Type)).toBe('object {end, side?, b, draft, each, rows, go}');
  expect(resultScopeAt(sales, testDefinitions, 'draft')).toEqual({});
  expect(resultScopeAt(sales, testDefinitions, 'gone')).toEqual({});
});

test('the scope of a field says by which outcomes nodes may have left, and what is around it', () => {
  const before = fieldScopeAt(sales, testDefinitions, { kind: 'input', nodeId: 'end', input: 'any' });
  expect(before.around).toEqual(['each']);
  expect(before.outcomes).toEqual({ side: ['ok'], b: ['true', 'false'], draft: ['ok'], rows: ['ok'], go: ['fired'] });
  expect(before.variables).toEqual(scopeAt(sales, testDefinitions, 'end'));
  const atEnd = fieldScopeAt(sales, testDefinitions, { kind: 'input', nodeId: 'each', input: 'result' });
  expect(Object.keys(atEnd.outcomes)).toContain('end');
  expect(atEnd.around).toEqual(['each']);
  const nowhere = { variables: {}, outcomes: {}, around: [] };
  expect(fieldScopeAt(sales, testDefinitions, { kind: 'config', nodeId: 'gone' })).toEqual(nowhere);
});

test('an expression in a configuration reads the inputs of its node, as they are bound', () => {
  const ruled = graph(
    {
      go: 'start',
      check: {
        type: 'task',
        config: { inputs: { text: { type: json(t.any()) }, more: { type: json(t.string()), required: false } } },
        inputs: { text: expr('run.input.name') },
      },
    },
    ['go.fired > check'],
  );
  const { variables, outcomes } = fieldScopeAt(ruled, testDefinitions, { kind: 'config', nodeId: 'check' });
  expect(variables).toEqual({ text: t.string() });
  expect(outcomes).toEqual({ go: ['fired'] });
});

const withTarget = (inputs: Record<string, Type>, bound: Record<string, ReturnType<typeof expr>> = {}): Graph => {
  const ports = Object.fromEntries(Object.entries(inputs).map(([name, type]) => [name, { type: json(type) }]));
  const target = {
    id: 'new',
    type: 'task',
    version: 1,
    config: { inputs: ports },
    inputs: bound,
    position: { x: 0, y: 0 },
  };
  return { ...sales, nodes: [...sales.nodes, target] };
};
const proposed = (from: string, outcome: string, ...target: Parameters<typeof withTarget>) =>
  Object.fromEntries(
    Object.entries(proposeBindings(withTarget(...target), testDefinitions, { from, outcome, to: 'new' })).map(
      ([name, binding]) => [name, binding.kind === 'expr' ? binding.expr : null],
    ),
  );

test('drawing an edge proposes values by name, from the nearest place first', () => {
  expect(
    proposed('draft', 'ok', {
      subject: t.string(),
      Body: t.string(),
      name: t.string(),
      score: t.number(),
      companyName: t.string(),
    }),
  ).toEqual({
    subject: 'nodes.draft.subject',
    Body: 'nodes.draft.body',
    name: 'run.input.name',
    score: 'item.score',
    companyName: 'item["Company Name"]',
  });
});

test('an address is proposed from what is called e-mail', () => {
  expect(proposed('draft', 'ok', { to: t.string({ format: 'email' }) })).toEqual({ to: 'item.email' });
});

test('a list, a file or a number is proposed where there is only one', () => {
  expect(proposed('rows', 'ok', { list: t.array(t.any()), upload: t.file(), n: t.integer() })).toEqual({
    list: 'nodes.rows.rows',
    upload: 'nodes.rows.file',
    n: 'nodes.rows.total',
  });
});

test('nothing is proposed where nothing fits, may be absent, or would be a guess', () => {
  expect(proposed('draft', 'ok', { other: t.string(), subject: t.integer(), any: t.any() })).toEqual({});
  expect(proposed('end', 'ok', { text: t.integer() })).toEqual({});
  expect(proposed('draft', 'ok', { note: t.string() })).toEqual({});
  expect(proposed('draft', 'ok', { subject: t.string() }, { subject: expr('"mine"') })).toEqual({});
});

test('the edge may be there already, and the target must be', () => {
  const drawn = withTarget({ total: t.integer() });
  const edge = { from: 'rows', outcome: 'ok', to: 'new' };
  const there: Graph = { ...drawn, edges: [...drawn.edges, { id: 'x', ...edge }] };
  expect(proposeBindings(there, testDefinitions, edge)).toEqual({ total: expr('nodes.rows.total') });
  expect(proposeBindings(sales, testDefinitions, edge)).toEqual({});
});

test('a member is written so that it can be read', () => {
  expect(member('item', 'email')).toBe('item.email');
  expect(member('item', 'Company Name')).toBe('item["Company Name"]');
  expect(member('nodes', 'in')).toBe('nodes["in"]');
});
