import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../json.ts';
import { testDefinitions } from '../testing/definitions.ts';
import { expr, graphOf } from '../testing/graph-of.ts';
import { t } from '../types.ts';
import { compile } from './compile.ts';

const any = { type: t.any() as unknown as JsonObject };
const gives = t.object({ text: t.string(), rows: t.array(t.string()) }) as unknown as JsonObject;
const node = (type: string, reads?: string) => ({
  type,
  config: { ...(type === 'hook' ? {} : { inputs: reads === undefined ? {} : { in: any } }), gives },
  ...(reads === undefined ? {} : { inputs: { in: expr(reads) } }),
});
const send = (reads: string) => ({
  type: 'send',
  config: { inputs: { body: any }, effect: 'unsafe-write' },
  inputs: { body: expr(reads) },
});
const trust = (nodes: Record<string, unknown>, edges: string[]) =>
  compile(graphOf(nodes as Record<string, string>, edges), testDefinitions).diagnostics.filter(
    ({ code }) => code !== 'ERROR_NOT_HANDLED',
  );
const codes = (...args: Parameters<typeof trust>) =>
  trust(...args).map(({ code, nodeId, field }) => [code, nodeId, field].filter(Boolean).join(' '));

describe('untrusted text never reaches an action that cannot be taken back without a person between', () => {
  const leak = ['UNTRUSTED_UNSAFE_WRITE s inputs.body'];
  test.each<[string, Record<string, unknown>, string[], string[]]>([
    ['from a webhook', { go: node('hook'), s: send('run.input.text') }, ['go.fired > s'], leak],
    ['from a webhook by its output', { go: node('hook'), s: send('nodes.go.text') }, ['go.fired > s'], leak],
    ['from all of what started the run', { go: node('hook'), s: send('json(run.input)') }, ['go.fired > s'], leak],
    [
      'not from the time a webhook came',
      { go: node('hook'), s: send('run.startedAt') },
      ['go.fired > s'],
      ['UNSAFE_WRITE_UNGATED s'],
    ],
    [
      'from a page that was read',
      { go: 'start', r: node('read'), s: send('nodes.r.text') },
      ['go.fired > r', 'r.ok > s'],
      leak,
    ],
    [
      'through a model',
      { go: 'start', r: node('read'), a: node('task', 'nodes.r.text'), s: send('nodes.a.text') },
      ['go.fired > r', 'r.ok > a', 'a.ok > s'],
      leak,
    ],
    [
      'not through a node that does not read it',
      { go: 'start', r: node('read'), a: node('task', 'run.id'), s: send('nodes.a.text') },
      ['go.fired > r', 'r.ok > a', 'a.ok > s'],
      ['UNSAFE_WRITE_UNGATED s'],
    ],
    [
      'not through a node that sanitises',
      { go: 'start', r: node('read'), a: node('clean', 'nodes.r.text'), s: send('nodes.a.text') },
      ['go.fired > r', 'r.ok > a', 'a.ok > s'],
      ['UNSAFE_WRITE_UNGATED s'],
    ],
    [
      'not through a node whose words are its own',
      { go: 'start', r: node('read'), a: node('trusted', 'nodes.r.text'), s: send('nodes.a.text') },
      ['go.fired > r', 'r.ok > a', 'a.ok > s'],
      ['UNSAFE_WRITE_UNGATED s'],
    ],
    [
      'past an approval',
      { go: 'start', r: node('read'), g: node('approve', 'nodes.r.text'), s: send('nodes.r.text') },
      ['go.fired > r', 'r.ok > g', 'g.approved > s'],
      [],
    ],
    [
      'past an approval by either passing outcome',
      { go: 'start', r: node('read'), g: node('approve'), s: send('nodes.r.text') },
      ['go.fired > r', 'r.ok > g', 'g.approved > s', 'g.edited > s'],
      [],
    ],
    [
      'past an approval whose rejection goes elsewhere',
      { go: 'start', r: node('read'), g: node('approve'), x: 'task', s: send('nodes.r.text') },
      ['go.fired > r', 'r.ok > g', 'g.approved > s', 'g.edited > s', 'g.rejected > x'],
      [],
    ],
    [
      'also where it was rejected',
      { go: 'start', r: node('read'), g: node('approve'), s: send('nodes.r.text') },
      ['go.fired > r', 'r.ok > g', 'g.approved > s', 'g.rejected > s'],
      leak,
    ],
    [
      'where the approval was asked before the text was there',
      { go: 'start', g: node('approve'), r: node('read'), s: send('nodes.r.text') },
      ['go.fired > g', 'g.approved > r', 'r.ok > s'],
      leak,
    ],
    [
      'where the approval is on another way',
      { go: 'start', r: node('read'), g: node('approve'), x: 'task', s: send('nodes.r.text') },
      ['go.fired > r', 'r.ok > g', 'r.ok > x', 'g.approved > s', 'x.ok > s'],
      leak,
    ],
    [
      'where only a policy looked',
      { go: 'start', r: node('read'), g: node('policy'), s: send('nodes.r.text') },
      ['go.fired > r', 'r.ok > g', 'g.approved > s'],
      leak,
    ],
    [
      'where the text may come after the decision',
      {
        go: 'start',
        r: node('read'),
        x: 'task',
        j: { type: 'join', config: { mode: 'any' } },
        g: node('approve'),
        s: send('nodes.?r.?text.orValue("")'),
      },
      ['go.fired > r', 'go.fired > x', 'r.ok > j', 'x.ok > j', 'j.done > g', 'g.approved > s'],
      leak,
    ],
    [
      'not where both branches are waited for',
      { go: 'start', r: node('read'), x: 'task', j: 'join', g: node('approve'), s: send('nodes.r.text') },
      ['go.fired > r', 'go.fired > x', 'r.ok > j', 'x.ok > j', 'j.done > g', 'g.approved > s'],
      [],
    ],
  ])('%s', (_, nodes, edges, expected) => {
    expect(codes(nodes, edges)).toEqual(expected);
  });

  const map = (items: string, result?: string) => ({
    type: 'map',
    inputs: { items: expr(items), ...(result ? { result: expr(result) } : {}) },
  });
  test.each<[string, Record<string, unknown>, string[], string[]]>([
    [
      'as an item',
      { go: node('hook'), m: map('run.input.rows'), s: send('item') },
      ['go.fired > m', 'm.each > s'],
      leak,
    ],
    [
      'as an item of the map around',
      { go: node('hook'), m: map('run.input.rows'), n: map('[1]'), s: send('nodes.m.item') },
      ['go.fired > m', 'm.each > n', 'n.each > s'],
      leak,
    ],
    [
      'not as what does not read the item',
      { go: node('hook'), m: map('run.input.rows'), s: send('run.id') },
      ['go.fired > m', 'm.each > s'],
      ['UNSAFE_WRITE_UNGATED s'],
    ],
    [
      'in the results of a map',
      { go: 'start', m: map('[1]', 'nodes.r.text'), r: node('read'), s: send('nodes.m.items') },
      ['go.fired > m', 'm.each > r', 'm.done > s'],
      leak,
    ],
    [
      'in the results of nested maps',
      {
        go: 'start',
        m: map('[1]', 'nodes.n.items'),
        n: map('[1]', 'nodes.a.text'),
        r: node('read'),
        a: node('task', 'nodes.r.text'),
        s: send('nodes.m.items'),
      },
      ['go.fired > m', 'm.each > n', 'n.each > r', 'r.ok > a', 'm.done > s'],
      leak,
    ],
    [
      'not in results that leave it out',
      { go: 'start', m: map('[1]', '1'), r: node('read'), s: send('nodes.m.items') },
      ['go.fired > m', 'm.each > r', 'm.done > s'],
      ['UNSAFE_WRITE_UNGATED s'],
    ],
    [
      'past an approval in the body',
      { go: node('hook'), m: map('run.input.rows'), g: node('approve', 'item'), s: send('item') },
      ['go.fired > m', 'm.each > g', 'g.approved > s'],
      [],
    ],
    [
      'past an approval before the map',
      { go: node('hook'), g: node('approve'), m: map('run.input.rows'), s: send('item') },
      ['go.fired > g', 'g.approved > m', 'm.each > s'],
      [],
    ],
  ])('%s', (_, nodes, edges, expected) => {
    expect(codes(nodes, edges)).toEqual(expected);
  });

  test('the message names where it comes from and the way it took', () => {
    const [found] = trust(
      {
        go: 'start',
        r: node('read'),
        a: node('task', 'nodes.r.text'),
        b: node('task', 'nodes.a.text'),
        s: send('nodes.b.text'),
      },
      ['go.fired > r', 'r.ok > a', 'a.ok > b', 'b.ok > s'],
    );
    expect(found?.message).toBe(
      'Untrusted text from "r" through "a" through "b" reaches "body", and "s" cannot be taken back. Put an approval after "r" and before "s", or a node that sanitises between them.',
    );
  });

  test('of two ways, the shorter is named', () => {
    const [found] = trust(
      {
        go: 'start',
        r: node('read'),
        a: node('task', 'nodes.r.text'),
        b: node('task', 'nodes.r.text + nodes.a.text'),
        c: node('task', 'nodes.a.text + nodes.b.text'),
        s: send('nodes.c.text'),
      },
      ['go.fired > r', 'r.ok > a', 'a.ok > b', 'b.ok > c', 'c.ok > s'],
    );
    expect(found?.message).toContain('from "r" through "a" through "c" reaches');
  });

  test('a source beyond the thirty-first node is a source, too', () => {
    const many = Object.fromEntries(Array.from({ length: 63 }, (_, n) => [`x${n}`, 'task']));
    const edges = Object.keys(many).map((id) => `go.fired > ${id}`);
    const nodes = { go: 'start', ...many, r: node('read'), s: send('nodes.r.text') };
    expect(codes(nodes, [...edges, 'go.fired > r', 'r.ok > s'])).toEqual(leak);
    const first = {
      go: 'start',
      ...Object.fromEntries(Object.entries(many).slice(0, 30)),
      r: node('read'),
      s: send('nodes.r.text'),
    };
    expect(codes(first, [...edges.slice(0, 30), 'go.fired > r', 'r.ok > s'])).toEqual(leak);
  });
});

describe('an action that cannot be taken back is guarded', () => {
  test.each<[string, Record<string, unknown>, string[], string[]]>([
    ['by nothing', { go: 'start', s: send('1') }, ['go.fired > s'], ['UNSAFE_WRITE_UNGATED s']],
    ['by a policy', { go: 'start', g: node('policy'), s: send('1') }, ['go.fired > g', 'g.approved > s'], []],
    [
      'by a policy that does not have to let it pass',
      { go: 'start', g: node('policy'), s: send('1') },
      ['go.fired > g', 'g.rejected > s'],
      ['UNSAFE_WRITE_UNGATED s'],
    ],
    [
      'by the failure of a policy',
      { go: 'start', g: node('policy'), s: send('1') },
      ['go.fired > g', 'g.error > s'],
      ['UNSAFE_WRITE_UNGATED s'],
    ],
  ])('%s', (_, nodes, edges, expected) => {
    expect(codes(nodes, edges)).toEqual(expected);
  });
});
