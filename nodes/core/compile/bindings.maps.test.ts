import { describe, expect, test } from 'vitest';
import { testDefinitions } from '../testing/definitions.ts';
import { graphOf } from '../testing/graph-of.ts';
import { branch, findings, first, giver, map, reader } from '../testing/nodes-of.ts';
import { type Type, t } from '../types.ts';
import { compile } from './compile.ts';

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
