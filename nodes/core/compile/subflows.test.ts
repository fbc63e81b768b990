import { describe, expect, test } from 'vitest';
import type { NodeDefinitions } from '../define-node.ts';
import type { JsonObject } from '../json.ts';
import { testDefinitions } from '../testing/definitions.ts';
import { expr, graphOf } from '../testing/graph-of.ts';
import { branch, json, map } from '../testing/nodes-of.ts';
import { type Type, t, toJsonSchema } from '../types.ts';
import { compile } from './compile.ts';
import { calledTrigger, type PipelineSignature, signatureOf } from './signature.ts';
import type { PipelineSignatures } from './subflows.ts';

const input = t.object({ name: t.string(), age: t.integer() }, ['name']);
const output = t.object({ text: t.string() });
const signature = (more: Partial<PipelineSignature> = {}): PipelineSignature => ({
  input: toJsonSchema(input),
  output: toJsonSchema(output),
  trust: 'inherit',
  effect: 'read',
  depth: 0,
  ...more,
});
const known = (more: Partial<PipelineSignature> = {}): JsonObject => {
  const { depth: _, ...rest } = signature(more);
  return rest;
};
const calling = (config: JsonObject, more: object = {}, edges: string[] = []) =>
  graphOf({ go: 'start', c: { type: 'call', config }, ...more } as never, ['go.fired > c', ...edges]);
const found = (config: JsonObject, pipelines?: PipelineSignatures) =>
  compile(calling(config), testDefinitions, pipelines ? { pipelines } : {}).diagnostics.map(
    ({ code, field, message }) => ({ at: `${code} ${field}`, message }),
  );
const is = (more: Partial<PipelineSignature> = {}): PipelineSignatures => ({ other: { 1: signature(more) } });

describe('a call is checked against what is known of other pipelines', () => {
  test('without that, and while nothing is chosen, nothing is said', () => {
    expect(found({ pipeline: 'gone' })).toEqual([]);
    expect(found({ pipeline: 'gone', version: null }, {})).toEqual([]);
    expect(found({ signature: known() }, is())).toEqual([]);
  });

  test.each<[string, JsonObject, PipelineSignatures, string, string]>([
    [
      'a pipeline that is not here',
      {},
      {},
      'SUBFLOW_UNKNOWN config.pipeline',
      '"c" runs "other", which is not here. Choose another.',
    ],
    [
      'an odd name',
      { pipeline: 'toString' },
      {},
      'SUBFLOW_UNKNOWN config.pipeline',
      '"c" runs "toString", which is not here. Choose another.',
    ],
    [
      'a version that is not here',
      { version: 2 },
      is(),
      'SUBFLOW_UNKNOWN config.version',
      '"other" has no version 2. It has: 1. Choose one.',
    ],
    [
      'no version at all',
      {},
      { other: {} },
      'SUBFLOW_UNKNOWN config.version',
      '"other" has no version 1. It has: none. Choose one.',
    ],
    [
      'one that runs others too deep',
      { signature: known() },
      is({ depth: 8 }),
      'SUBFLOW_TOO_DEEP config.pipeline',
      '"other" runs others 8 levels down, which makes 9 here; 8 is the limit. Flatten one of them.',
    ],
    [
      'one that was not read',
      {},
      is(),
      'SUBFLOW_CHANGED config.signature',
      '"other" is not as "c" knows it: its inputs and outputs have not been read. Choose it again.',
    ],
    [
      'more trust than it deserves',
      { signature: known() },
      is({ trust: 'untrusted' }),
      'SUBFLOW_CHANGED config.signature',
      '"other" is not as "c" knows it: its output may hold text of strangers (untrusted), which is not said here (inherit). Choose it again.',
    ],
    [
      'less effect than it has',
      { signature: known() },
      is({ effect: 'unsafe-write' }),
      'SUBFLOW_CHANGED config.signature',
      '"other" is not as "c" knows it: it does more outside (unsafe-write) than is said here (read). Choose it again.',
    ],
  ])('%s', (_, config, pipelines, at, message) => {
    expect(found(config, pipelines)).toEqual([{ at, message }]);
  });

  const difference = (was: Partial<Record<'input' | 'output', Type>>): string => {
    const schemas = Object.fromEntries(Object.entries(was).map(([side, type]) => [side, toJsonSchema(type)]));
    return found({ signature: known(schemas) }, is())[0]?.message.split('knows it: ')[1] ?? 'none';
  };

  test('a difference is named', () => {
    expect(difference({ input: t.object({ name: t.string(), age: t.integer() }) })).toBe(
      'of its input, "age" is whole number, may be absent, not whole number. Choose it again.',
    );
    expect(difference({ input: t.object({ name: t.string(), mail: t.string() }) })).toBe(
      'of its input, "mail" is gone; "age" is new (whole number, may be absent). Choose it again.',
    );
    expect(difference({ output: t.string() })).toBe('its output is object {text}, not text. Choose it again.');
    expect(difference({ output: t.object({ text: t.string() }, ['text'], t.integer()) })).toBe(
      'of its output, members without a name differ. Choose it again.',
    );
  });

  test('what is said of it on the safe side is not changed', () => {
    expect(
      found({ signature: known({ trust: 'untrusted', effect: 'unsafe-write' }) }, is({ trust: 'trusted' })),
    ).toEqual([{ at: 'ERROR_NOT_HANDLED undefined', message: expect.any(String) }]);
    const { trust: _, effect: __, ...bare } = known();
    expect(found({ signature: bare }, is())).toEqual([]);
  });
});

describe('what a called pipeline gives is untrusted unless its signature says otherwise', () => {
  const any = { type: json(t.any()) };
  const send = { type: 'send', config: { inputs: { in: any } }, inputs: { in: expr('nodes.c.text') } };
  const leaks = (config: JsonObject) =>
    compile(calling(config, { s: send }, ['c.ok > s']), testDefinitions).diagnostics.some(
      ({ code }) => code === 'UNTRUSTED_UNSAFE_WRITE',
    );
  test.each<[string, JsonObject, boolean]>([
    ['untrusted', { signature: known({ trust: 'untrusted' }) }, true],
    ['as its input is', { signature: known() }, false],
    ['trusted', { signature: known({ trust: 'trusted' }) }, false],
    ['not said', {}, true],
  ])('%s', (_, config, expected) => {
    expect(leaks(config)).toBe(expected);
  });

  test('a call that may do harm is not itself said to be without a guard', () => {
    const { diagnostics } = compile(calling({ signature: known({ effect: 'unsafe-write' }) }), testDefinitions);
    expect(diagnostics.map(({ code }) => code)).toEqual(['ERROR_NOT_HANDLED']);
  });
});

describe('the signature of a program', () => {
  const of = (nodes: object, edges: string[], more: Parameters<typeof signatureOf>[1] = {}) => {
    const { program, diagnostics } = compile(graphOf({ go: 'start', ...nodes } as never, edges), definitions);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    return signatureOf(program!, more);
  };
  const fields = testDefinitions.get('output')!;
  // An output whose value has a name.
  const gives = (name: string, type: Type = t.string()) => ({
    type: `output-${name}`,
    inputs: { value: { kind: 'value', value: type.type === 'integer' ? 1 : 'x' } },
  });
  const named: [string, Type][] = [
    ['a', t.string()],
    ['b', t.string()],
    ['n', t.integer()],
  ];
  const definitions: NodeDefinitions = new Map([
    ...testDefinitions,
    ...named.map(
      ([name, type]) =>
        [
          `output-${name}`,
          { ...fields, type: `output-${name}`, outcomes: () => ({ done: t.object({ [name]: type }) }) },
        ] as const,
    ),
    ['trigger.manual', { ...testDefinitions.get('start')!, type: 'trigger.manual' }],
  ]);

  test('is what starts it and what its outputs give', () => {
    expect(of({ x: gives('a'), y: gives('n', t.integer()) }, ['go.fired > x', 'x.done > y'], { definitions })).toEqual({
      input: toJsonSchema(t.object({ name: t.string(), count: t.integer() })),
      output: toJsonSchema(t.object({ a: t.string(), n: t.integer() })),
      trust: 'inherit',
      effect: 'pure',
      depth: 0,
    });
  });

  test.each<[string, object, string[], string[]]>([
    [
      'a way that may not be taken',
      { b: branch, x: gives('a'), y: gives('b') },
      ['go.fired > b', 'b.true > x', 'b.false > y'],
      [],
    ],
    [
      'ways that come together',
      { b: branch, x: gives('b'), y: 'task', z: gives('a') },
      ['go.fired > b', 'b.true > x', 'b.false > y', 'x.done > z', 'y.ok > z'],
      ['a'],
    ],
    [
      'the same value on both ways, by two nodes',
      { b: branch, x: gives('a'), y: { ...gives('a') } },
      ['go.fired > b', 'b.true > x', 'b.false > y'],
      [],
    ],
    [
      'branches that meet twice',
      { s: 'task', jb: { type: 'join' }, ja: { type: 'join' }, z: gives('a') },
      ['go.fired > s', 'go.fired > jb', 's.ok > jb', 'go.fired > ja', 'jb.done > ja', 'ja.done > z'],
      ['a'],
    ],
    [
      'a join that may get too few',
      { b: branch, x: 'task', k: { type: 'join', config: { mode: 'count', count: 2 } }, z: gives('a') },
      ['go.fired > b', 'go.fired > x', 'b.true > k', 'x.ok > k', 'k.done > z'],
      [],
    ],
    [
      'a failure that leads elsewhere',
      { x: 'task', y: gives('a'), z: gives('b') },
      ['go.fired > x', 'x.ok > y', 'x.error > z'],
      [],
    ],
    [
      'the body of a map',
      { m: map('[1]'), x: gives('a'), y: gives('b') },
      ['go.fired > m', 'm.each > x', 'm.done > y'],
      ['b'],
    ],
  ])('%s: only values that are certain are promised', (_, nodes, edges, certain) => {
    const { output: schema } = of(nodes, edges, { definitions });
    expect((schema as { required: string[] }).required).toEqual(certain);
  });

  test('has the trust and the effect of its nodes, and is on the safe side where it does not know them', () => {
    const nodes = { x: { type: 'trusted' }, y: { type: 'keep' } };
    const edges = ['go.fired > x', 'x.ok > y'];
    expect(of(nodes, edges, { definitions })).toMatchObject({ trust: 'inherit', effect: 'idempotent-write' });
    expect(of(nodes, edges)).toMatchObject({ trust: 'untrusted' });
    expect(of({ x: { type: 'read' } }, ['go.fired > x'], { definitions })).toMatchObject({
      trust: 'untrusted',
      effect: 'read',
    });
  });

  test('counts the levels of what it calls', () => {
    const call = { c: { type: 'call', config: { signature: known() } } };
    const edges = ['go.fired > c'];
    expect(of(call, edges, { definitions })).toMatchObject({ depth: 1, trust: 'inherit', effect: 'read' });
    expect(of(call, edges, { definitions, pipelines: is({ depth: 3 }) }).depth).toBe(4);
    expect(of(call, edges, { definitions, pipelines: { other: {} } }).depth).toBe(1);
    const strange = { c: { type: 'call', config: { signature: known({ trust: 'untrusted' }) } } };
    expect(of(strange, edges, { definitions }).trust).toBe('untrusted');
  });

  test('is that of the trigger that is started by hand', () => {
    const { program } = compile(
      graphOf({ a: 'hook', z: 'trigger.manual', x: 'task' }, ['a.fired > x', 'z.fired > x']),
      definitions,
    );
    expect(calledTrigger(program!)).toBe('z');
    const hooked = compile(graphOf({ a: 'hook', x: 'task' }, ['a.fired > x']), definitions).program!;
    expect(calledTrigger(hooked)).toBe('a');
    const silent = compile(graphOf({ a: 'silent' }), definitions).program!;
    expect(signatureOf(silent)).toMatchObject({ output: { properties: {} } });
    const none = { ...hooked, triggers: {} };
    expect(calledTrigger(none)).toBeNull();
    expect(signatureOf(none)).toMatchObject({ input: {}, output: { properties: {} } });
  });
});
