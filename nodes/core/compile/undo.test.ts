import { describe, expect, test } from 'vitest';
import { testDefinitions } from '../testing/definitions.ts';
import { expr, graphOf } from '../testing/graph-of.ts';
import { findings, json, map, reader } from '../testing/nodes-of.ts';
import { t } from '../types.ts';
import { compile } from './compile.ts';
import { guard } from './guard.ts';
import { proposeBindings, scopeAt } from './inspect.ts';

const kept = { type: 'keep' };
const undoing = (read: string) => ({ ...reader(read), type: 'keep' });
const graph = (nodes: object, edges: string[]) =>
  graphOf({ go: 'start', ...nodes } as never, ['go.fired > a', ...edges]);
const at = (nodes: object, edges: string[]) => findings(graph(nodes, edges)).map((finding) => finding.at);

test('a node at the handle undo belongs to the node that it undoes, and is no part of the flow', () => {
  const { program, diagnostics } = compile(
    graph({ a: kept, u: undoing('nodes.a.text + run.input.name'), z: 'task' }, ['a.ok > z', 'a.undo > u']),
    testDefinitions,
  );
  expect(diagnostics).toEqual([]);
  expect(program?.states.a).toMatchObject({ undo: 'u', arcs: { ok: { start: ['z'] } } });
  expect(Object.keys(program?.states.a?.arcs ?? {})).toEqual(['ok']);
  expect(program?.states.u).toMatchObject({
    undo: null,
    reads: ['a', 'go'],
    arcs: { ok: { start: [], arrivals: [] } },
  });
  expect(program?.joins).toEqual({ $end: { rule: { kind: 'all' }, edges: 1, ifDead: [] } });
});

test('what undoes sees what the first could see, and what it gave', () => {
  const nodes = { a: kept, b: kept, u: undoing('nodes.a.text + nodes.b.text'), z: 'task' };
  const read = guard(graph(nodes, ['a.ok > b', 'b.ok > z', 'b.undo > u'])).graph!;
  const { properties, required } = scopeAt(read, testDefinitions, 'u').nodes as never as Record<string, object>;
  expect(Object.keys(properties!)).toEqual(['b', 'a', 'go']);
  expect(required).toEqual(['b', 'a', 'go']);
});

test('what it needs is proposed from what the first gave', () => {
  const open = { type: 'keep', config: { inputs: { text: { type: json(t.string()) } } } };
  const drawn = graph({ a: kept, u: open }, ['a.undo > u']);
  expect(compile(drawn, testDefinitions).diagnostics[0]).toMatchObject({
    code: 'MISSING_BINDING',
    fix: { change: { nodeId: 'u', input: 'text', binding: { kind: 'expr', expr: 'nodes.a.text' } } },
  });
  const apart = guard(graph({ a: kept, u: open }, [])).graph!;
  expect(proposeBindings(apart, testDefinitions, { from: 'a', outcome: 'undo', to: 'u' })).toEqual({
    text: { kind: 'expr', expr: 'nodes.a.text' },
  });
});

test('it succeeded, so its failure is not among what it gave', () => {
  expect(at({ a: kept, u: undoing('nodes.a.text'), f: reader('nodes.a.code') }, ['a.error > f', 'a.undo > u'])).toEqual(
    [],
  );
});

test('within a body it sees the item, and is of that body', () => {
  const { program } = compile(
    graph({ a: map('[1, 2]'), b: kept, u: undoing('item + index') }, ['a.each > b', 'b.undo > u']),
    testDefinitions,
  );
  expect(program?.states.u).toMatchObject({ scope: 'a', reads: ['a'] });
});

test('what undoes is checked as anything else is', () => {
  expect(at({ a: kept, u: undoing('nodes.z.text'), z: 'task' }, ['a.ok > z', 'a.undo > u'])).toEqual([
    'MAY_NOT_HAVE_RUN u inputs.in',
  ]);
  expect(at({ a: kept, z: reader('nodes.u.text'), u: kept }, ['a.ok > z', 'a.undo > u'])).toEqual([
    'MAY_NOT_HAVE_RUN z inputs.in',
  ]);
  const tell = {
    type: 'send',
    config: { inputs: { in: { type: json(t.any()) } } },
    inputs: { in: expr('nodes.r.text') },
  };
  expect(at({ a: 'read', r: 'read', b: kept, u: tell }, ['a.ok > r', 'r.ok > b', 'b.undo > u'])).toEqual([
    'UNTRUSTED_UNSAFE_WRITE u inputs.in',
  ]);
  const asked = at({ a: 'read', r: 'read', p: 'approve', b: kept, u: tell }, [
    'a.ok > r',
    'r.ok > p',
    'p.approved > b',
    'b.undo > u',
  ]);
  expect(asked).toEqual([]);
});

test('it needs neither a gate nor an error branch of its own', () => {
  expect(at({ a: kept, u: { type: 'send' } }, ['a.undo > u'])).toEqual([]);
});

describe('an undo that cannot be followed is refused', () => {
  const two = { a: kept, u: kept, v: kept };
  test.each<[string, object, string[], string]>([
    ['of a node without effect', { a: 'task', u: kept }, ['a.undo > u'], '"a" changes nothing outside'],
    ['of a node that only reads', { a: 'read', u: kept }, ['a.undo > u'], '"a" changes nothing outside'],
    ['by two nodes', two, ['a.undo > u', 'a.undo > v'], '"a" has another "undo" already'],
    ['by one node for two', two, ['a.ok > v', 'a.undo > u', 'v.undo > u'], '"u" undoes another node already'],
    ['of what undoes', two, ['a.undo > u', 'u.undo > v'], '"u" itself runs only to undo'],
    ['by itself', { a: kept }, ['a.undo > a'], '"a" cannot undo itself'],
    ['by a node of the flow', two, ['a.ok > u', 'a.undo > u', 'u.ok > v'], '"u" is reached in the normal course too'],
    [
      'by what does nothing',
      { a: kept, u: { type: 'branch', inputs: { condition: expr('true') } } },
      ['a.undo > u'],
      '"u" does nothing outside',
    ],
    [
      'that something follows',
      { ...two, w: 'task' },
      ['a.ok > w', 'a.undo > u', 'u.ok > w', 'a.error > v'],
      '"u" runs only to undo, so nothing can follow it',
    ],
  ])('%s', (_, nodes, edges, message) => {
    const errors = compile(graph(nodes, edges), testDefinitions).diagnostics.filter(
      ({ severity }) => severity === 'error',
    );
    expect(errors).toMatchObject([{ code: 'UNDO_MISPLACED', message: expect.stringContaining(message) }]);
    expect(errors[0]?.fix?.change).toMatchObject({ kind: 'remove-edge' });
  });

  test('of what could not be read, that alone is said', () => {
    expect(at({ a: { type: 'gone' }, u: kept }, ['a.undo > u'])).toEqual(['UNKNOWN_NODE_TYPE a type']);
    expect(at({ a: kept, u: { type: 'gone' } }, ['a.undo > u'])).toEqual(['UNKNOWN_NODE_TYPE u type']);
    expect(at({ a: kept }, ['a.undo > go'])).toEqual(['EDGE_INTO_TRIGGER go to']);
  });

  test('what undoes a node that nothing reaches is not blamed for it', () => {
    expect(at({ a: 'task', b: kept, u: kept }, ['b.undo > u'])).toEqual(['UNREACHABLE_NODE b undefined']);
  });
});

test('the coverage says of each node that writes whether and how it can be undone', () => {
  const { coverage } = compile(
    graph({ a: 'task', b: kept, c: { type: 'tell' }, d: { type: 'hold' }, e: { type: 'send' }, u: kept }, [
      'a.ok > b',
      'b.ok > c',
      'c.ok > d',
      'd.ok > e',
      'd.undo > u',
    ]),
    testDefinitions,
  );
  expect(coverage).toEqual([
    { nodeId: 'b', how: 'declared', title: 'Puts back what was there' },
    { nodeId: 'c', how: 'offered', title: 'Offers a correction' },
    { nodeId: 'd', how: 'drawn', title: 'For tests ("u")' },
    { nodeId: 'e', how: 'none', title: 'It cannot be undone.' },
  ]);
  expect(compile(null, testDefinitions).coverage).toEqual([]);
  const titled = graph({ a: { type: 'hold' }, u: { type: 'keep', title: 'Call back' } }, ['a.undo > u']);
  expect(compile(titled, testDefinitions).coverage[0]?.title).toBe('Call back ("u")');
  const plain = graph({ a: { type: 'hold' } }, []);
  expect(compile(plain, testDefinitions).coverage[0]?.how).toBe('none');
});
