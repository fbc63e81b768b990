import { expect, test } from 'vitest';
import type { JsonObject } from '../json.ts';
import { testDefinitions } from '../testing/definitions.ts';
import { expr, graphOf } from '../testing/graph-of.ts';
import { t } from '../types.ts';
import { check } from './compile.ts';

const any = { type: t.any() as unknown as JsonObject };
const gives = t.object({ text: t.string() }) as unknown as JsonObject;
const node = (type: string, reads?: string, config: JsonObject = {}) => ({
  type,
  config: { ...(type === 'hook' ? {} : { inputs: reads === undefined ? {} : { in: any } }), gives, ...config },
  ...(reads === undefined ? {} : { inputs: { in: expr(reads) } }),
});
const view = (nodes: Record<string, unknown>, edges: string[]) =>
  check(graphOf(nodes as Record<string, string>, edges), testDefinitions).rest!.trust();

test('the way of untrusted text is drawn from where it enters to where it is read, past what does not read it', () => {
  const { nodes, edges } = view(
    { go: node('hook'), a: 'task', b: node('task', 'run.input.text'), c: node('task', 'nodes.b.text'), d: 'task' },
    ['go.fired > a', 'a.ok > b', 'b.ok > c', 'c.ok > d', 'go.fired > d'],
  );
  expect(nodes).toEqual({
    go: { enters: true, reads: [], gives: true, stops: null },
    b: { enters: false, reads: ['in'], gives: true, stops: null },
    c: { enters: false, reads: ['in'], gives: true, stops: null },
  });
  expect(edges).toEqual({ 'go.fired>a': 'open', 'a.ok>b': 'open', 'b.ok>c': 'open' });
});

test('a person who decides after it has entered stops it; text that enters later is not seen', () => {
  const { nodes, edges } = view(
    {
      go: node('hook'),
      g: 'approve',
      r: node('read'),
      s: node('send', 'run.input.text'),
      x: node('task', 'nodes.r.text'),
    },
    ['go.fired > g', 'g.approved > r', 'r.ok > s', 's.ok > x'],
  );
  expect(nodes.g).toEqual({ enters: false, reads: [], gives: false, stops: 'person' });
  expect(nodes.r).toMatchObject({ enters: true });
  expect(edges).toEqual({ 'go.fired>g': 'open', 'g.approved>r': 'seen', 'r.ok>s': 'open', 's.ok>x': 'open' });
});

test('a node that sanitises leaves nothing of it', () => {
  const { nodes, edges } = view(
    { go: node('hook'), c: node('clean', 'run.input.text'), s: node('send', 'nodes.c.text') },
    ['go.fired > c', 'c.ok > s'],
  );
  expect(nodes).toEqual({
    go: { enters: true, reads: [], gives: true, stops: null },
    c: { enters: false, reads: ['in'], gives: false, stops: 'sanitiser' },
  });
  expect(edges).toEqual({ 'go.fired>c': 'open' });
});

test('where nothing untrusted enters there is nothing to draw', () => {
  expect(view({ go: 'start', a: node('task', 'run.input.name'), g: 'approve' }, ['go.fired > a', 'a.ok > g'])).toEqual({
    nodes: {},
    edges: {},
  });
});

test('what undoes reads too, and more than 32 givers are told apart', () => {
  const many = Array.from({ length: 40 }, (_, n) => n);
  const { edges } = view(
    {
      go: 'start',
      ...Object.fromEntries(many.map((n) => [`r${n}`, node('read')])),
      x: node('task', `[${many.map((n) => `nodes.r${n}.text`).join(', ')}]`),
    },
    ['go.fired > r0', ...many.slice(1).map((n) => `r${n - 1}.ok > r${n}`), 'r39.ok > x'],
  );
  expect(Object.keys(edges)).toHaveLength(40);
  const undo = view({ go: node('hook'), k: node('keep'), u: node('keep', 'run.input.text') }, [
    'go.fired > k',
    'k.undo > u',
  ]);
  expect(undo.nodes).toMatchObject({ go: { gives: true }, u: { reads: ['in'] } });
});
