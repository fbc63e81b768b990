import { describe, expect, test } from 'vitest';
import type { Binding } from '../graph.ts';
import type { JsonObject } from '../json.ts';
import { testDefinitions } from '../testing/definitions.ts';
import { expr, graphOf } from '../testing/graph-of.ts';
import { type Type, t } from '../types.ts';
import { compile } from './compile.ts';

const json = (type: Type): JsonObject => type as unknown as JsonObject;
/** A task with one input of a type, bound to something. */
const reader = (binding: Binding | string, type: Type = t.any()) => ({
  type: 'task',
  config: { inputs: { in: { type: json(type) } } },
  inputs: { in: typeof binding === 'string' ? expr(binding) : binding },
});
const giver = (type: Type) => ({ type: 'task', config: { gives: json(type) } });
const branch = { type: 'branch', inputs: { condition: expr('true') } };
const map = (items: string, result?: string) => ({
  type: 'map',
  inputs: { items: expr(items), ...(result === undefined ? {} : { result: expr(result) }) },
});
const findings = (graph: unknown) =>
  compile(graph, testDefinitions).diagnostics.map(({ code, nodeId, field, message }) => ({
    at: `${code} ${nodeId} ${field}`,
    message,
  }));
const first = (graph: unknown) => findings(graph)[0] ?? { at: 'none', message: '' };

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

describe('maps', () => {
  const list = t.object({ rows: t.array(t.object({ email: t.string() })) });
  const base = { go: 'start', a: giver(list), m: map('nodes.a.rows') };
  const into = ['go.fired > a', 'a.ok > m'];
  test('the item has the type of the list’s items', () => {
    expect(
      findings(graphOf({ ...base, x: reader('item.email + string(index)', t.string()) }, [...into, 'm.each > x'])),
    ).toEqual([]);
    expect(first(graphOf({ ...base, x: reader('item.emial') }, [...into, 'm.each > x'])).message).toContain(
      'Did you mean email?',
    );
    expect(
      findings(graphOf({ ...base, m: map('run.input.count'), x: reader('item.any') }, [...into, 'm.each > x'])).map(
        ({ at }) => at,
      ),
    ).toEqual(['TYPE_MISMATCH m inputs.items']);
  });

  test('an iteration reads its map’s item, index and list, the program says of whom', () => {
    const { program } = compile(
      graphOf(
        { ...base, x: reader('[item.email, nodes.m.item.email, string(nodes.m.index), nodes.a.rows[0].email]') },
        [...into, 'm.each > x'],
      ),
      testDefinitions,
    );
    expect(program?.states.x).toMatchObject({ scope: 'm', reads: ['a', 'm'] });
  });

  test('nested maps: the inner item wins, the outer one is read by its map', () => {
    const nested = {
      go: 'start',
      a: giver(t.object({ orders: t.array(t.object({ lines: t.array(t.integer()) })) })),
      m: map('nodes.a.orders', 'nodes.n.succeeded'),
      n: map('item.lines', 'item + nodes.m.index'),
      x: reader('item + nodes.m.item.lines[0]', t.integer()),
    };
    const graph = graphOf(nested, ['go.fired > a', 'a.ok > m', 'm.each > n', 'n.each > x']);
    expect(findings(graph)).toEqual([]);
    const { program } = compile(graph, testDefinitions);
    expect(program?.states.x).toMatchObject({ scope: 'n', reads: ['m', 'n'] });
    expect(program?.states.n).toMatchObject({ scope: 'm', body: { resultReads: ['m', 'n'] } });
  });

  test('the result of an iteration sees its body; only what certainly ran without care', () => {
    const body = (result: string) =>
      graphOf(
        {
          ...base,
          m: map('nodes.a.rows', result),
          x: giver(t.object({ id: t.string() })),
          b: branch,
          y: giver(t.object({ id: t.string() })),
        },
        [...into, 'm.each > x', 'x.ok > b', 'b.true > y'],
      );
    expect(findings(body('nodes.x.id + item.email'))).toEqual([]);
    expect(first(body('nodes.y.id')).at).toBe('MAY_NOT_HAVE_RUN m inputs.result');
    expect(findings(body('nodes.?y.?id.orValue(nodes.x.id)'))).toEqual([]);
    expect(compile(body('nodes.a.rows[0].email'), testDefinitions).program?.states.m?.body?.resultReads).toEqual(['a']);
    expect(compile(body('run.id'), testDefinitions).program?.states.m?.body?.resultReads).toEqual([]);
  });

  test('the result sees by which outcome a node of the body left', () => {
    const graph = (result: string) =>
      graphOf({ ...base, m: map('nodes.a.rows', result), x: giver(t.object({ id: t.string() })), f: 'task' }, [
        ...into,
        'm.each > x',
        'x.error > f',
      ]);
    expect(first(graph('nodes.x.id')).at).toBe('EXPRESSION_TYPE m inputs.result');
    expect(findings(graph('has(nodes.x.id) ? nodes.x.id : nodes.x.message'))).toEqual([]);
    expect(findings(graph('has(nodes.f) ? nodes.f.text : ""'))).toEqual([]);
  });

  test('a map without a body gives its items', () => {
    expect(findings(graphOf({ ...base, m: map('nodes.a.rows', 'item.email') }, into))).toEqual([]);
  });

  test('after the map, its results are read; its body is not', () => {
    const behind = (text: string, type: Type) =>
      graphOf({ ...base, m: map('nodes.a.rows', '{"id": nodes.x.text}'), x: 'task', z: reader(text, type) }, [
        ...into,
        'm.each > x',
        'm.done > z',
      ]);
    expect(
      findings(
        behind('nodes.m.items.filter(i, i.outcome == "ok").map(i, i.value.?id.orValue(""))', t.array(t.string())),
      ),
    ).toEqual([]);
    expect(findings(behind('nodes.m.succeeded + nodes.m.failed', t.integer()))).toEqual([]);
    const hidden = first(behind('nodes.x.text', t.string()));
    expect(hidden.at).toBe('UNKNOWN_VARIABLE z inputs.in');
    expect(hidden.message).toBe('"x" runs once per item of "m". Read nodes.m.items, which has the results of all.');
  });

  test('what a map without a result gives is null, and after an error in the result anything', () => {
    const behind = (result: string | undefined, text: string) =>
      graphOf({ ...base, m: map('nodes.a.rows', result), z: reader(text) }, [...into, 'm.done > z']);
    expect(first(behind(undefined, 'nodes.m.items[0].value.x')).message).toContain('may be null');
    expect(findings(behind('item.nope', 'nodes.m.items[0].value.x')).map(({ at }) => at)).toEqual([
      'UNKNOWN_VARIABLE m inputs.result',
    ]);
  });

  test('a failed map is read as its failure', () => {
    expect(findings(graphOf({ ...base, z: reader('nodes.m.message', t.string()) }, [...into, 'm.error > z']))).toEqual(
      [],
    );
  });

  test('maps that read each other are refused, not followed for ever', () => {
    const graph = graphOf(
      {
        go: 'start',
        m: map('nodes.n.items.map(i, i.value)', 'nodes.n.succeeded'),
        n: map('nodes.m.items.map(i, i.value)', '1'),
      },
      ['go.fired > m', 'm.done > n', 'n.done > m'],
    );
    expect(findings(graph)[0]?.at).toContain('CYCLE_WITHOUT_LOOP');
    const self = graphOf({ go: 'start', m: map('item', 'nodes.m.item') }, ['go.fired > m']);
    expect(findings(self).map(({ at }) => at)).toEqual(['UNKNOWN_VARIABLE m inputs.items']);
    const loop = graphOf({ go: 'start', m: map('[1]', 'nodes.n.item'), n: map('nodes.m.items', 'item') }, [
      'go.fired > m',
      'm.done > n',
    ]);
    expect(findings(loop).map(({ at }) => at)).toEqual(['MAY_NOT_HAVE_RUN m inputs.result']);
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
