import { describe, expect, test } from 'vitest';
import type { DiagnosticCode } from '../diagnostics.ts';
import { graphLimits } from '../graph.ts';
import { testDefinitions } from '../testing/definitions.ts';
import { expr, graphOf } from '../testing/graph-of.ts';
import { t } from '../types.ts';
import { compile } from './compile.ts';

const text = { type: t.string() as never };
const found = (document: unknown, options?: Parameters<typeof compile>[2]) =>
  compile(document, testDefinitions, options).diagnostics.map(({ code, nodeId, edgeId, field }) =>
    [code, nodeId ?? edgeId, field].filter(Boolean).join(' '),
  );
const codes = (document: unknown): DiagnosticCode[] =>
  compile(document, testDefinitions).diagnostics.map(({ code }) => code);
const small = graphOf({ go: 'start', a: 'task' }, ['go.fired > a']);

describe('a document that is no graph', () => {
  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'DOCUMENT_INVALID'],
    ['null', null, 'DOCUMENT_INVALID'],
    ['text', 'graph', 'DOCUMENT_INVALID'],
    ['a list', [], 'DOCUMENT_INVALID'],
    ['another format', { ...small, format: 'other', version: 2 }, 'DOCUMENT_INVALID format'],
    ['a newer version', { ...small, version: 2 }, 'DOCUMENT_NEWER version'],
    ['an unknown member', { ...small, more: 1 }, 'DOCUMENT_INVALID'],
    [
      'an id that is no identifier',
      { ...small, nodes: [{ id: 'a b', type: 'start', version: 1 }] },
      'DOCUMENT_INVALID a b nodes[0].id',
    ],
    ['a node that is none', { ...small, nodes: [3] }, 'DOCUMENT_INVALID nodes[0]'],
    [
      'an edge without an end',
      { ...small, edges: [{ id: 'e', from: 'go', outcome: 'x' }] },
      'DOCUMENT_INVALID e edges[0].to',
    ],
    ['a function', { ...small, name: () => 1 }, 'DOCUMENT_INVALID name'],
    [
      'a refused member name',
      JSON.parse('{"nodes":[{"config":{"__proto__":1}}]}'),
      'KEY_REFUSED nodes[0].config.__proto__',
    ],
    ['a constructor', { nodes: [{ config: { constructor: 1 } }] }, 'KEY_REFUSED nodes[0].config.constructor'],
    ['too many nodes', { ...small, nodes: Array(graphLimits.nodes + 1).fill(null) }, 'DOCUMENT_TOO_LARGE nodes'],
    ['too much text', { ...small, name: 'x'.repeat(graphLimits.bytes) }, 'DOCUMENT_TOO_LARGE name'],
  ])('%s', (_, document, expected) => {
    expect(found(document)).toContain(expected);
    expect(compile(document, testDefinitions)).toMatchObject({ program: null, graph: null });
  });

  test('depth without end is found', () => {
    const circle: Record<string, unknown> = { ...small };
    circle.self = circle;
    expect(codes(circle)).toEqual(['DOCUMENT_TOO_DEEP']);
    let deep: unknown = 1;
    for (let n = 0; n < 100_000; n += 1) deep = [deep];
    expect(codes(deep)).toEqual(['DOCUMENT_TOO_DEEP']);
  });

  test('what cannot even be looked at is no graph', () => {
    const hostile = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
      },
    );
    const text = new Proxy(
      {},
      {
        ownKeys: () => {
          throw 'no';
        },
      },
    );
    expect(compile(text, testDefinitions).diagnostics[0]?.message).toBe('The document cannot be read: no');
    expect(codes({ ...small, description: hostile })).toEqual(['DOCUMENT_INVALID']);
    expect(
      codes({
        get nodes() {
          throw new Error('no');
        },
      }),
    ).toEqual(['DOCUMENT_INVALID']);
  });
});

describe('ids and edges', () => {
  test('ids are given once', () => {
    const twice = graphOf({ go: 'start', a: 'task' }, ['go.fired > a']);
    expect(
      found({
        ...twice,
        nodes: [...twice.nodes, { id: 'a', type: 'task', version: 1 }],
        edges: [...twice.edges, { ...twice.edges[0], outcome: 'error' }],
        notes: [1, 2].map(() => ({ id: 'n', text: '', position: { x: 0, y: 0 } })),
      }),
    ).toEqual(expect.arrayContaining(['DUPLICATE_ID a', 'DUPLICATE_ID go.fired>a', 'DUPLICATE_ID notes']));
  });

  test.each<[string, string[], string]>([
    ['from a node that is not there', ['gone.ok > a'], 'UNKNOWN_NODE gone.ok>a from'],
    ['to a node that is not there', ['a.ok > gone'], 'UNKNOWN_NODE a.ok>gone to'],
    ['by an outcome that is not there', ['a.finished > b'], 'UNKNOWN_PORT a outcome'],
    ['by an outcome of a trigger', ['go.error > b'], 'UNKNOWN_PORT go outcome'],
    ['out of what has no outcome', ['mute.x > b'], 'UNKNOWN_PORT mute outcome'],
    ['into a trigger', ['a.ok > go'], 'EDGE_INTO_TRIGGER go to'],
    ['a second time', ['go.fired > a', 'a.ok > b', 'a.ok > b'], 'DUPLICATE_ID a.ok>b'],
  ])('an edge %s', (_, edges, expected) => {
    const graph = graphOf({ go: 'start', mute: 'silent', a: 'task', b: 'task' }, ['go.fired > a', ...edges]);
    expect(found(graph)).toContain(expected);
    const edge = compile(graph, testDefinitions).diagnostics.find(
      ({ edgeId }) => edgeId === edges.at(-1)!.replaceAll(' ', ''),
    );
    expect(edge?.fix?.change).toEqual({ kind: 'remove-edge', edgeId: edge?.edgeId });
  });

  test('an edge by an outcome whose name is nearly right leads from the one that was meant', () => {
    const graph = graphOf({ go: 'start', a: 'task', b: 'task' }, ['go.fired > a', 'a.okay > b']);
    expect(compile(graph, testDefinitions).diagnostics[0]?.fix).toEqual({
      title: 'Lead it from "ok"',
      change: { kind: 'set-outcome', edgeId: 'a.okay>b', outcome: 'ok' },
    });
  });
});

describe('node types', () => {
  test('an unknown type is named, with the nearest', () => {
    const { diagnostics } = compile(graphOf({ go: 'strat', a: 'entirely.else' }), testDefinitions);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'There is no node type "entirely.else".',
      'There is no node type "strat". Did you mean "start"?',
    ]);
  });

  test('a version that this software does not have', () => {
    expect(found(graphOf({ go: { type: 'start', version: 2 } }))).toEqual(['UNKNOWN_NODE_VERSION go version']);
  });

  test('an older version is migrated step by step', () => {
    const graph = graphOf({ go: 'start', a: { type: 'versioned', config: { one: 'x' } } }, ['go.fired > a']);
    const { program, diagnostics } = compile(graph, testDefinitions);
    expect(diagnostics).toMatchObject([{ code: 'NODE_VERSION_OLD', severity: 'info', nodeId: 'a', field: 'version' }]);
    expect(program?.states.a?.version).toBe(3);
    const second = graphOf({ go: 'start', a: { type: 'versioned', version: 2, config: { two: 'x' } } }, [
      'go.fired > a',
    ]);
    expect(compile(second, testDefinitions).program).not.toBeNull();
  });

  test('without a migration the configuration is read as it is', () => {
    expect(codes(graphOf({ go: 'start', a: 'gap' }, ['go.fired > a']))).toEqual(['NODE_VERSION_OLD']);
  });

  test('a configuration that does not fit is addressed', () => {
    const graph = graphOf(
      {
        go: 'start',
        a: { type: 'task', config: { rules: [{ when: 1 }], more: 1 } },
        b: { type: 'task', config: { wrong: 'No.' } },
      },
      ['go.fired > a', 'go.fired > b'],
    );
    expect(found(graph)).toEqual([
      'CONFIG_INVALID a config',
      'CONFIG_INVALID a config.rules[0].when',
      'CONFIG_INVALID b config.wrong',
    ]);
  });

  test('what hangs on a node that cannot be read is not reported as unreachable', () => {
    expect(codes(graphOf({ go: 'strat', a: 'task' }, ['go.fired > a']))).toEqual(['UNKNOWN_NODE_TYPE']);
  });
});

describe('structure', () => {
  test('a graph without a trigger does nothing', () => {
    expect(found(graphOf({ a: 'task' }))).toEqual(['NO_TRIGGER', 'UNREACHABLE_NODE a']);
    expect(found(graphOf({}))).toEqual(['NO_TRIGGER']);
  });

  test('what no trigger reaches can be removed', () => {
    const { diagnostics } = compile(graphOf({ go: 'start', a: 'task' }), testDefinitions);
    expect(diagnostics).toMatchObject([
      { code: 'UNREACHABLE_NODE', nodeId: 'a', fix: { change: { kind: 'remove-node', nodeId: 'a' } } },
    ]);
  });

  test('every cycle is found by an edge that closes it', () => {
    const graph = graphOf({ go: 'start', a: 'task', b: 'task', c: 'task', d: 'task' }, [
      'go.fired > a',
      'a.ok > b',
      'b.ok > c',
      'c.ok > b',
      'c.error > a',
      'b.error > d',
      'c.error > d',
    ]);
    expect(codes(graph)).toEqual(['CYCLE_WITHOUT_LOOP', 'CYCLE_WITHOUT_LOOP']);
    expect(codes(graphOf({ go: 'start', a: 'task' }, ['go.fired > a', 'a.ok > a']))).toEqual(['CYCLE_WITHOUT_LOOP']);
  });

  test('a body does not lead out of its map', () => {
    const nodes = { go: 'start', m: { type: 'map', inputs: { items: expr('[1]') } }, a: 'task', b: 'task' };
    expect(found(graphOf(nodes, ['go.fired > m', 'm.each > a', 'm.done > b', 'a.ok > b']))).toEqual([
      'MAP_BODY_ESCAPES a',
    ]);
    expect(codes(graphOf(nodes, ['go.fired > m', 'm.each > a', 'm.done > b']))).toEqual([]);
    expect(found(graphOf(nodes, ['go.fired > m', 'm.each > a', 'a.ok > b', 'm.done > b']))).toEqual([
      'MAP_BODY_ESCAPES a',
    ]);
  });

  test('two maps do not share a body', () => {
    const map = { type: 'map', inputs: { items: expr('[1]') } };
    const graph = graphOf({ go: 'start', m: map, n: map, a: 'task' }, [
      'go.fired > m',
      'go.fired > n',
      'm.each > a',
      'n.each > a',
    ]);
    expect(codes(graph)).toEqual(['MAP_BODY_ESCAPES']);
  });

  test('a map has a bound', () => {
    const graph = graphOf(
      { go: 'start', m: { type: 'map', config: { maxItems: null }, inputs: { items: expr('[1]') } } },
      ['go.fired > m'],
    );
    expect(found(graph)).toEqual(['MAP_UNBOUNDED m config.maxItems']);
  });
});

describe('joins that can never complete', () => {
  const nodes = (count: number | null) => ({
    go: 'start',
    b: { type: 'branch', inputs: { condition: expr('true') } },
    x: 'task',
    y: 'task',
    j: { type: 'join', config: { mode: 'count', count } },
  });
  test.each<[string, number | null, string[], string[]]>([
    [
      'two of two ways of one choice',
      2,
      ['go.fired > b', 'b.true > x', 'b.false > y', 'x.ok > j', 'y.ok > j'],
      ['JOIN_IMPOSSIBLE j config.count'],
    ],
    ['one of two ways of one choice', 1, ['go.fired > b', 'b.true > x', 'b.false > y', 'x.ok > j', 'y.ok > j'], []],
    ['none given counts as one', null, ['go.fired > b', 'b.true > x', 'b.false > y', 'x.ok > j', 'y.ok > j'], []],
    ['two branches that run together', 2, ['go.fired > b', 'go.fired > x', 'go.fired > y', 'x.ok > j', 'y.ok > j'], []],
    [
      'more than there are',
      3,
      ['go.fired > b', 'go.fired > x', 'go.fired > y', 'x.ok > j', 'y.ok > j'],
      ['JOIN_IMPOSSIBLE j config.count'],
    ],
    [
      'success and failure of one node',
      2,
      ['go.fired > b', 'go.fired > x', 'x.ok > j', 'x.error > y', 'y.ok > j'],
      ['JOIN_IMPOSSIBLE j config.count'],
    ],
    [
      'two of a single edge',
      2,
      ['go.fired > b', 'go.fired > x', 'go.fired > y', 'x.ok > j'],
      ['JOIN_IMPOSSIBLE j config.count'],
    ],
  ])('%s', (_, count, edges, expected) => {
    expect(found(graphOf(nodes(count), edges))).toEqual(expected);
  });

  test('with very many branches the number of edges is the limit', () => {
    const names = Array.from({ length: 17 }, (_, n) => `x${n}`);
    const graph = (count: number) =>
      graphOf(
        {
          go: 'start',
          ...Object.fromEntries(names.map((name) => [name, 'task'])),
          j: { type: 'join', config: { mode: 'count', count } },
        },
        [...names.map((name) => `go.fired > ${name}`), ...names.map((name) => `${name}.ok > j`)],
      );
    expect(codes(graph(17))).toEqual([]);
    expect(codes(graph(18))).toEqual(['JOIN_IMPOSSIBLE']);
  });
});

describe('advice', () => {
  const graph = graphOf(
    {
      go: 'start',
      ok: 'policy',
      s: { type: 'send', config: { effect: 'unsafe-write', inputs: { body: text } }, inputs: { body: expr('"x"') } },
      m: 'model',
    },
    ['go.fired > ok', 'ok.approved > s', 's.ok > m'],
  );

  test('connections that are not set up are told, with what happens meanwhile', () => {
    expect(found(graph, { connections: { smtp: false, model: false } })).toEqual([
      'ERROR_NOT_HANDLED s',
      'CONNECTION_MISSING m',
      'CONNECTION_MISSING s',
    ]);
    expect(found(graph, { connections: { smtp: true, model: true } })).toEqual(['ERROR_NOT_HANDLED s']);
    expect(compile(graph, testDefinitions).program).not.toBeNull();
  });

  test('a failure that is handled is not mentioned', () => {
    expect(
      codes({
        ...graph,
        edges: [...graph.edges, { id: 'e', from: 's', outcome: 'error', to: 'x' }],
        nodes: [...graph.nodes, { id: 'x', type: 'task', version: 1 }],
      }),
    ).toEqual([]);
  });
});
