import { describe, expect, test } from 'vitest';
import type { Binding } from '../graph.ts';
import { testDefinitions } from '../testing/definitions.ts';
import { expr, graphOf } from '../testing/graph-of.ts';
import { branch, json, reader } from '../testing/nodes-of.ts';
import { type Type, t } from '../types.ts';
import { compile } from './compile.ts';

const gives = t.object(
  {
    text: t.string(),
    count: t.integer(),
    rate: t.number(),
    done: t.boolean(),
    rows: t.array(t.string()),
    more: t.object({ note: t.string() }),
    nothing: t.null(),
    either: t.nullable(t.string()),
  },
  ['text', 'count', 'rate', 'done', 'rows', 'more', 'nothing', 'either'],
);
/** `x` may not have run before `z`; `a` has. */
const fixOf = (binding: Binding | string, type: Type = t.any()) => {
  const graph = graphOf(
    {
      go: 'start',
      a: { type: 'task', config: { gives: json(t.object({ text: t.string(), late: t.string() }, ['text'])) } },
      b: branch,
      x: { type: 'task', config: { gives: json(gives) } },
      z: reader(binding, type),
    },
    ['go.fired > a', 'a.ok > b', 'b.true > x', 'x.ok > z', 'b.false > z'],
  );
  const { fix } = compile(graph, testDefinitions).diagnostics[0]!;
  if (fix?.change.kind !== 'bind') return fix?.change.kind ?? null;
  const { binding: mended } = fix.change;
  return [mended.kind === 'expr' ? mended.expr : mended.kind === 'template' ? mended.template : null, fix.title];
};

describe('what may not be there is read with a value for where it is not', () => {
  test.each<[string, string, Type?]>([
    ['nodes.x.text', 'nodes.?x.?text.orValue("")', t.string()],
    ['nodes.x.count', 'nodes.?x.?count.orValue(0)', t.integer()],
    ['nodes.x.rate', 'nodes.?x.?rate.orValue(0)'],
    ['nodes.x.done', 'nodes.?x.?done.orValue(false)'],
    ['nodes.x.rows', 'nodes.?x.?rows.orValue([])', t.array(t.string())],
    ['nodes.x.more.note', 'nodes.?x.?more.?note.orValue("")'],
    ['nodes.x.nothing', 'nodes.?x.?nothing.orValue(null)'],
    ['nodes.x', 'nodes.?x.orValue({})'],
    ['nodes.x.text.size()', 'nodes.?x.?text.orValue("").size()'],
    ['nodes.a.late', 'nodes.a.?late.orValue("")', t.string()],
  ])('%s becomes %s', (text, mended, type) => {
    expect(fixOf(text, type)?.[0]).toBe(mended);
  });

  test('wherever it stands, as often as it does', () => {
    expect(fixOf('nodes.x.text + nodes.a.text + nodes.x.more.note')).toEqual([
      'nodes.?x.?text.orValue("") + nodes.a.text + nodes.?x.?more.?note.orValue("")',
      'Write nodes.?x.?text.orValue("")',
    ]);
    expect(fixOf({ kind: 'template', template: 'Dear {{ nodes.x.text }}, {{ nodes.a.text }}' })?.[0]).toBe(
      'Dear {{ nodes.?x.?text.orValue("") }}, {{ nodes.a.text }}',
    );
  });

  test.each([
    ['its name is computed', 'nodes["x"].text'],
    ['a member is unknown too', 'nodes.x.nonsense'],
    ['what stands in does not fit', 'nodes.x.text.map(c, c)'],
    ['it stands in more places than one would mend', Array.from({ length: 21 }, () => 'nodes.x.text').join(' + ')],
  ])('not where %s', (_, text) => {
    expect(fixOf(text)).toBeNull();
  });
});

describe('a name that is nearly right becomes the one that was meant', () => {
  test.each([
    ['nodes.a.tekst', 'nodes.a.text'],
    ['run.inptu.name', 'run.input.name'],
    ['rnu.input.name', 'run.input.name'],
    ['nodes.a.tekst + run.input.nmae', 'nodes.a.text + run.input.name'],
    ['nodes.aa.text', 'nodes.a.text'],
  ])('%s becomes %s', (text, mended) => {
    expect(fixOf(text)?.[0]).toBe(mended);
  });

  test('not where it stands in brackets, or nothing is near', () => {
    expect(fixOf('nodes.a["tekst"]')).toBeNull();
    expect(fixOf('nodes.a.wholly')).toBeNull();
    expect(fixOf('input.name')).toEqual(['run.input.name', 'Write run.input']);
    expect(fixOf({ kind: 'value', value: 7 }, t.string())).toBeNull();
  });

  test('in a configuration too', () => {
    const graph = (...rules: string[]) =>
      graphOf(
        {
          go: 'start',
          a: {
            type: 'task',
            config: { inputs: { subject: { type: json(t.string()) } }, rules: rules.map((when) => ({ when })) },
            inputs: { subject: expr('run.input.name') },
          },
        },
        ['go.fired > a'],
      );
    expect(compile(graph('subjet == "x"'), testDefinitions).diagnostics[0]?.fix).toEqual({
      title: 'Write subject',
      change: { kind: 'set-config', nodeId: 'a', field: 'config.rules[0].when', value: 'subject == "x"' },
    });
    expect(compile(graph('('), testDefinitions).diagnostics[0]?.fix).toBeUndefined();
    const fixes = (texts: string[]) => compile(graph(...texts), testDefinitions).diagnostics.filter(({ fix }) => fix);
    expect(fixes(Array.from({ length: 60 }, (_, n) => `subjet == "${n}"`))).toHaveLength(50);
  });

  test('at so many places that nobody mends them one by one, no fix is looked for', () => {
    const ids = Array.from({ length: 60 }, (_, n) => `n${n}`);
    const graph = graphOf({ go: 'start', ...Object.fromEntries(ids.map((id) => [id, reader('run.input.nmae')])) }, [
      ...ids.map((id) => `go.fired > ${id}`),
    ]);
    expect(compile(graph, testDefinitions).diagnostics.filter(({ fix }) => fix)).toHaveLength(50);
  });
});

test('a required input is offered what fits where nothing bears its name', () => {
  const open = { type: 'task', config: { inputs: { heading: { type: json(t.string()) } } } };
  const graph = graphOf({ go: 'start', a: open }, ['go.fired > a']);
  expect(compile(graph, testDefinitions).diagnostics[0]?.fix?.title).toBe('Bind it to nodes.go.name');
  const rare = { type: 'task', config: { inputs: { heading: { type: json(t.array(t.string())) } } } };
  expect(
    compile(graphOf({ go: 'start', a: rare }, ['go.fired > a']), testDefinitions).diagnostics[0]?.fix,
  ).toBeUndefined();
});

describe('an approval before an action that nothing guards', () => {
  const send = (inputs: Record<string, Type>, bound: Record<string, Binding>) => ({
    type: 'send',
    config: {
      effect: 'unsafe-write',
      inputs: Object.fromEntries(
        Object.entries(inputs).map(([name, type]) => [name, { type: json(type), required: false }]),
      ),
    },
    inputs: bound,
  });
  const fixIn = (nodes: Record<string, unknown>, edges: string[], code: string) =>
    compile(graphOf(nodes as Record<string, string>, edges), testDefinitions).diagnostics.find(
      (one) => one.code === code,
    )?.fix?.change;

  test('shows all that the action gets, under names of its own', () => {
    const inputs = {
      to: t.string(),
      text: t.string({ format: 'multiline' }),
      kind: t.string({ enum: ['a', 'b'] }),
      file: t.file(),
      rate: t.number(),
      now: t.boolean(),
      rows: t.array(t.any()),
      by: t.string(),
      'x-y': t.string(),
      x_y: t.string(),
      open: t.string(),
      none: t.nullable(t.string()),
    };
    const bound = Object.keys(inputs).filter((name) => name !== 'open' && name !== 'none');
    const fix = fixIn(
      {
        go: 'start',
        s: send(inputs, {
          ...Object.fromEntries(bound.map((name) => [name, expr('run.input.any')])),
          none: { kind: 'value', value: null },
        }),
      },
      ['go.fired > s'],
      'UNSAFE_WRITE_UNGATED',
    );
    expect(fix).toMatchObject({ kind: 'put-approval', nodeId: 's' });
    expect((fix as { fields: unknown[] }).fields).toEqual(
      [
        ['to', 'to', 'text'],
        ['text', 'text', 'multiline'],
        ['kind', 'kind', 'any'],
        ['file', 'file', 'any'],
        ['rate', 'rate', 'number'],
        ['now', 'now', 'boolean'],
        ['rows', 'rows', 'any'],
        ['by', 'by_2', 'text'],
        ['x-y', 'x_y', 'text'],
        ['x_y', 'x_y_2', 'text'],
      ].map(([input, name, type]) => ({ input, name, type, title: input })),
    );
  });

  test('stops untrusted text only where the text is there before the action', () => {
    const leaking = send({ body: t.any() }, { body: expr('nodes.?r.?text.orValue("")') });
    const nodes = { go: 'start', r: 'read', q: 'task', s: leaking };
    expect(fixIn(nodes, ['go.fired > r', 'r.ok > s'], 'UNTRUSTED_UNSAFE_WRITE')).toMatchObject({
      kind: 'put-approval',
    });
    const early = { ...nodes, j: { type: 'join', config: { mode: 'any' } } };
    expect(
      fixIn(early, ['go.fired > r', 'go.fired > q', 'r.ok > j', 'q.ok > j', 'j.done > s'], 'UNTRUSTED_UNSAFE_WRITE'),
    ).toBeUndefined();
    const undoing = { go: 'hook', k: 'keep', s: send({ body: t.any() }, { body: expr('run.input.name') }) };
    expect(fixIn(undoing, ['go.fired > k', 'k.undo > s'], 'UNTRUSTED_UNSAFE_WRITE')).toBeUndefined();
  });
});
