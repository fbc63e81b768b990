import { describe, expect, test } from 'vitest';
import type { Binding } from '../graph.ts';
import { testDefinitions } from '../testing/definitions.ts';
import { expr, graphOf } from '../testing/graph-of.ts';
import { branch, findings, first, giver, json, reader } from '../testing/nodes-of.ts';
import { type Type, t } from '../types.ts';
import { compile } from './compile.ts';

describe('inputs and what is bound to them', () => {
  test('a required input needs a value; one is proposed where something fits', () => {
    const open = {
      type: 'task',
      config: { inputs: { count: { type: json(t.integer()) }, more: { type: json(t.any()), required: false } } },
    };
    const { diagnostics } = compile(graphOf({ go: 'start', a: open }, ['go.fired > a']), testDefinitions);
    expect(diagnostics).toEqual([
      {
        code: 'MISSING_BINDING',
        severity: 'error',
        nodeId: 'a',
        field: 'inputs.count',
        message: '"count" of "a" has no value. It takes whole number.',
        fix: {
          title: 'Bind it to nodes.go.count',
          change: { kind: 'bind', nodeId: 'a', input: 'count', binding: { kind: 'expr', expr: 'nodes.go.count' } },
        },
      },
    ]);
  });

  test('null is no value where null is not taken', () => {
    const graph = (type: Type) =>
      graphOf({ go: 'start', a: reader({ kind: 'value', value: null }, type) }, ['go.fired > a']);
    expect(findings(graph(t.file())).map(({ at }) => at)).toEqual(['MISSING_BINDING a inputs.in']);
    expect(findings(graph(t.nullable(t.file())))).toEqual([]);
  });

  test('an optional input that is null is left out', () => {
    const graph = graphOf(
      {
        go: 'start',
        a: {
          type: 'task',
          config: { inputs: { in: { type: json(t.string()), required: false } } },
          inputs: { in: { kind: 'value', value: null } },
        },
      },
      ['go.fired > a'],
    );
    expect(compile(graph, testDefinitions).program?.states.a?.inputs).toEqual({});
  });

  test('what is bound to no input can be removed', () => {
    const { diagnostics } = compile(
      graphOf({ go: 'start', a: { type: 'task', inputs: { x: expr('1') } } }, ['go.fired > a']),
      testDefinitions,
    );
    expect(diagnostics).toMatchObject([
      {
        code: 'UNUSED_BINDING',
        field: 'inputs.x',
        message: '"a" has no input "x". It has: none.',
        fix: { change: { kind: 'unbind', nodeId: 'a', input: 'x' } },
      },
    ]);
    const other = graphOf({ go: 'start', a: { ...reader('1'), inputs: { in: expr('1'), x: expr('1') } } }, [
      'go.fired > a',
    ]);
    expect(first(other).message).toBe('"a" has no input "x". It has: in.');
  });

  test('what no trigger reaches is only told to be so', () => {
    expect(findings(graphOf({ go: 'start', a: reader('nodes.nope') })).map(({ at }) => at)).toEqual([
      'UNREACHABLE_NODE a undefined',
    ]);
    const missing = graphOf({ go: 'start', a: { ...reader('1'), inputs: {} } });
    expect(compile(missing, testDefinitions).diagnostics.map(({ code, fix }) => [code, fix?.change.kind])).toEqual([
      ['UNREACHABLE_NODE', 'remove-node'],
      ['MISSING_BINDING', undefined],
    ]);
  });

  test.each<[string, Binding, string]>([
    ['TYPE_MISMATCH', expr('"x"'), 'Expected number, got the text "x".'],
    ['EXPRESSION_SYNTAX', expr('1 +'), 'The expression ends too early.'],
    ['EXPRESSION_TYPE', expr('1 + "x"'), 'does not fit'],
    ['EXPRESSION_TYPE', expr('size(nodes)'), 'All nodes at once cannot be read'],
    ['EXPRESSION_TYPE', expr('nodes + 1'), 'object + whole number does not fit'],
    ['UNKNOWN_VARIABLE', expr('item'), 'There is no variable item here.'],
    ['UNKNOWN_VARIABLE', expr('nodes.gone.x'), 'There is no "gone" in nodes.'],
    ['UNKNOWN_VARIABLE', expr('run.input.nmae'), 'Did you mean name?'],
    ['UNKNOWN_VARIABLE', expr('nodes.a.x'), '"a" is this node: it has no output before it runs.'],
  ])('%s', (code, binding, message) => {
    const found = first(graphOf({ go: 'start', a: reader(binding, t.number()) }, ['go.fired > a']));
    expect(found.at).toBe(`${code} a inputs.in`);
    expect(found.message).toContain(message);
  });

  test('all nodes at once are not read', () => {
    const found = first(graphOf({ go: 'start', a: reader('nodes') }, ['go.fired > a']));
    expect(found.message).toBe('All nodes at once cannot be read. Name one, for example nodes.draft.subject.');
  });

  test('the range of an error in a template is that in the template', () => {
    const graph = graphOf({ go: 'start', a: reader({ kind: 'template', template: 'Hi {{ nope }}' }) }, [
      'go.fired > a',
    ]);
    expect(compile(graph, testDefinitions).diagnostics[0]?.range).toEqual({ start: 6, end: 10 });
  });
});

describe('what has certainly run can be read', () => {
  const text = t.object({ text: t.string() });
  test.each<[string, Record<string, unknown>, string[], string]>([
    ['a node before', { a: giver(text), z: reader('nodes.a.text') }, ['go.fired > a', 'a.ok > z'], 'none'],
    [
      'a node long before',
      { a: giver(text), b: 'task', z: reader('nodes.a.text') },
      ['go.fired > a', 'a.ok > b', 'b.ok > z'],
      'none',
    ],
    ['the start', { z: reader('nodes.go.name + run.input.name') }, ['go.fired > z'], 'none'],
    [
      'one way of a choice',
      { b: branch, x: giver(text), y: 'task', z: reader('nodes.x.text') },
      ['go.fired > b', 'b.true > x', 'b.false > y', 'x.ok > z', 'y.ok > z'],
      'MAY_NOT_HAVE_RUN z inputs.in',
    ],
    [
      'one way of a choice, handled',
      { b: branch, x: giver(text), y: 'task', z: reader('nodes.?x.?text.orValue("")') },
      ['go.fired > b', 'b.true > x', 'b.false > y', 'x.ok > z', 'y.ok > z'],
      'none',
    ],
    [
      'one way of a choice, tested',
      { b: branch, x: giver(text), y: 'task', z: reader('has(nodes.x) ? nodes.x.text : ""') },
      ['go.fired > b', 'b.true > x', 'b.false > y', 'x.ok > z', 'y.ok > z'],
      'none',
    ],
    [
      'before the choice',
      { a: giver(text), b: branch, x: 'task', z: reader('nodes.a.text') },
      ['go.fired > a', 'a.ok > b', 'b.true > x', 'b.false > z', 'x.ok > z'],
      'none',
    ],
    [
      'both of two parallel branches',
      { x: giver(text), y: giver(text), z: reader('nodes.x.text + nodes.y.text') },
      ['go.fired > x', 'go.fired > y', 'x.ok > z', 'y.ok > z'],
      'none',
    ],
    [
      'long parallel branches',
      { x: giver(text), x2: 'task', y: 'task', z: reader('nodes.x.text') },
      ['go.fired > x', 'go.fired > y', 'x.ok > x2', 'x2.ok > z', 'y.ok > z'],
      'none',
    ],
    [
      'the first of two branches',
      { x: giver(text), y: 'task', z: { type: 'join', config: { mode: 'any' } }, r: reader('nodes.x.text') },
      ['go.fired > x', 'go.fired > y', 'x.ok > z', 'y.ok > z', 'z.done > r'],
      'MAY_NOT_HAVE_RUN r inputs.in',
    ],
    [
      'a branch that may fail elsewhere',
      { x: giver(text), f: 'task', y: 'task', z: reader('nodes.x.text') },
      ['go.fired > x', 'go.fired > y', 'x.ok > z', 'x.error > f', 'y.ok > z'],
      'MAY_NOT_HAVE_RUN z inputs.in',
    ],
    [
      'a parallel branch that does not lead here',
      { x: giver(text), z: reader('nodes.x.text') },
      ['go.fired > x', 'go.fired > z'],
      'MAY_NOT_HAVE_RUN z inputs.in',
    ],
    [
      'a parallel branch, not even with care',
      { x: giver(text), z: reader('nodes.?x.?text.orValue("")') },
      ['go.fired > x', 'go.fired > z'],
      'MAY_NOT_HAVE_RUN z inputs.in',
    ],
    [
      'what comes after',
      { a: reader('nodes.z.text'), z: giver(text) },
      ['go.fired > a', 'a.ok > z'],
      'MAY_NOT_HAVE_RUN a inputs.in',
    ],
    [
      'both ways lead through it',
      { b: branch, x: giver(text), z: reader('nodes.x.text') },
      ['go.fired > b', 'b.true > x', 'b.false > x', 'x.ok > z'],
      'none',
    ],
  ])('%s', (_, nodes, edges, expected) => {
    expect(
      first(graphOf({ go: 'start', ...(nodes as Record<string, string>) }, edges)).at.replace('none undefined', 'none'),
    ).toBe(expected);
  });

  test('the message says how to handle it', () => {
    const graph = graphOf({ go: 'start', b: branch, x: giver(text), z: reader('nodes.x.text') }, [
      'go.fired > b',
      'b.true > x',
      'b.false > z',
      'x.ok > z',
    ]);
    expect(first(graph).message).toBe(
      '"x" may not have run before "z". Write nodes.?x.?member.orValue(…), or test has(nodes.x) first.',
    );
    const never = graphOf({ go: 'start', a: reader('nodes.z.text'), z: giver(text) }, ['go.fired > a', 'a.ok > z']);
    expect(first(never).message).toBe('"z" does not run before "a". Connect it so that it does, or read another node.');
  });

  test('a join that has many branches and several levels is seen through', () => {
    const graph = graphOf(
      {
        go: 'start',
        a: 'task',
        x: giver(text),
        y: giver(text),
        m: 'task',
        w: 'task',
        z: reader('nodes.x.text + nodes.y.text'),
      },
      ['go.fired > a', 'a.ok > x', 'a.ok > y', 'go.fired > w', 'x.ok > m', 'y.ok > m', 'm.ok > z', 'w.ok > z'],
    );
    expect(findings(graph)).toEqual([]);
  });
});

describe('outputs by outcome', () => {
  const ok = t.object({ id: t.string(), code: t.integer() });
  test('after the outcome error, a node is read as its failure', () => {
    const graph = graphOf({ go: 'start', a: giver(ok), z: reader('nodes.a.code + nodes.a.message', t.string()) }, [
      'go.fired > a',
      'a.error > z',
    ]);
    expect(findings(graph)).toEqual([]);
    expect(compile(graph, testDefinitions).program?.states.z?.reads).toEqual(['a']);
  });

  test('after success and failure, what both have is read as either', () => {
    const both = (text: string, type: Type = t.any()) =>
      graphOf({ go: 'start', a: giver(ok), f: 'task', z: reader(text, type) }, [
        'go.fired > a',
        'a.ok > z',
        'a.error > f',
        'f.ok > z',
      ]);
    expect(findings(both('nodes.a.code', t.union(t.integer(), t.string())))).toEqual([]);
    expect(first(both('nodes.a.id')).at).toBe('EXPRESSION_TYPE z inputs.in');
    expect(findings(both('has(nodes.a.id) ? nodes.a.id : nodes.a.message', t.string()))).toEqual([]);
  });

  test('only outcomes that lead here count', () => {
    const gate = { type: 'approve', config: { gives: json(t.object({ text: t.string() })) } };
    const graph = graphOf({ go: 'start', g: gate, z: reader('nodes.g.text', t.string()), f: 'task' }, [
      'go.fired > g',
      'g.approved > z',
      'g.edited > z',
      'g.error > f',
    ]);
    expect(findings(graph)).toEqual([]);
  });
});

describe('what started the run', () => {
  const twoStarts = (nodes: Record<string, unknown>, edges: string[]) =>
    graphOf(
      {
        go: 'start',
        hook: { type: 'hook', config: { gives: json(t.object({ name: t.string(), body: t.any() })) } },
        ...(nodes as Record<string, string>),
      },
      edges,
    );
  test('only the triggers that lead here count', () => {
    expect(
      findings(
        twoStarts({ a: reader('run.input.count', t.integer()), b: reader('run.input.body') }, [
          'go.fired > a',
          'hook.fired > b',
        ]),
      ),
    ).toEqual([]);
  });

  test('where several lead here, what all give is certain', () => {
    const both = (text: string) => twoStarts({ a: reader(text) }, ['go.fired > a', 'hook.fired > a']);
    expect(findings(both('run.input.name + run.id'))).toEqual([]);
    expect(first(both('run.input.count')).at).toBe('EXPRESSION_TYPE a inputs.in');
    expect(compile(both('run.input.name'), testDefinitions).program?.states.a?.reads).toEqual(['go', 'hook']);
    expect(compile(both('json(run)'), testDefinitions).program?.states.a?.reads).toEqual(['go', 'hook']);
    expect(compile(both('run.startedAt'), testDefinitions).program?.states.a?.reads).toEqual([]);
  });

  test('the order in which triggers are drawn does not matter', () => {
    const { program } = compile(graphOf({ z: 'start', b: 'hook', a: 'start' }), testDefinitions);
    expect(Object.keys(program!.triggers)).toEqual(['a', 'b', 'z']);
  });

  test('a trigger may have inputs, and reads what started the run', () => {
    const asking = (binding?: Binding) =>
      graphOf({ go: { type: 'asking', ...(binding ? { inputs: { who: binding } } : {}) } });
    expect(findings(asking()).map(({ at }) => at)).toEqual(['MISSING_BINDING go inputs.who']);
    expect(compile(asking(expr('run.input.name')), testDefinitions).program?.states.go?.reads).toEqual(['go']);
  });

  test('a trigger that gives nothing gives anything', () => {
    expect(findings(graphOf({ go: 'silent', a: 'task' }))).toHaveLength(1);
    expect(compile(graphOf({ go: 'silent' }), testDefinitions).program?.runInput).toEqual({ go: t.any() });
  });
});

describe('expressions in a configuration see the inputs of their node', () => {
  const rule = (
    when: string,
    expects: 'boolean' | 'any' = 'boolean',
    inputs: Record<string, Binding> = { n: expr('run.input.count') },
  ) =>
    graphOf(
      {
        go: 'start',
        a: {
          type: 'task',
          config: {
            inputs: { n: { type: json(t.any()) }, opt: { type: json(t.string()), required: false } },
            rules: [{ when, expects }],
          },
          inputs,
        },
      },
      ['go.fired > a'],
    );
  test('with the type of what is bound', () => {
    expect(findings(rule('n > 3'))).toEqual([]);
    expect(findings(rule('size(string(opt)) > 0', 'boolean', { n: expr('1'), opt: expr('"x"') }))).toEqual([]);
    expect(findings(rule('opt', 'any', { n: expr('1'), opt: expr('"x"') }))).toEqual([]);
    expect(findings(rule('dyn(opt)', 'boolean', { n: expr('1'), opt: expr('dyn("x")') }))).toEqual([]);
  });

  test.each<[string, string, string]>([
    ['1 + 1', 'TYPE_MISMATCH', 'Expected true or false, got whole number.'],
    ['1 +', 'EXPRESSION_SYNTAX', 'ends too early'],
    ['nope', 'UNKNOWN_VARIABLE', 'There is no variable nope here.'],
    ['opt == "x"', 'UNKNOWN_VARIABLE', 'The input "opt" has no value here. Bind it first.'],
    ['run.id == "x"', 'UNKNOWN_VARIABLE', 'There is no variable run here.'],
  ])('%s', (when, code, message) => {
    const found = first(rule(when));
    expect(found.at).toBe(`${code} a config.rules[0].when`);
    expect(found.message).toContain(message);
  });
});
