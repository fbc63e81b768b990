import { expect, test } from 'vitest';
import type { HistoryEntry } from '#nodes/core/travel/history.ts';
import { all, arc, sketch, sketchOfAgent } from '#server/testing/programs.ts';
import { beforeNode } from './before-node.ts';

const program = sketch(
  {
    start: { kind: 'trigger', arcs: { fired: arc(['each', 'beside']) } },
    beside: { arcs: { ok: arc([], ['$end', 1, 0]) } },
    each: { kind: 'map', arcs: { done: arc(['last']) }, body: arc(['work']) },
    work: { scope: 'each', arcs: { ok: arc(['tell']) } },
    tell: { scope: 'each', arcs: { ok: arc([], ['$end:each', 1, 0]) } },
    last: { arcs: { ok: arc([], ['$end', 1, 0]) } },
  },
  { '$end:each': all(1), $end: all(2) },
);
const loop = sketch(
  {
    start: { kind: 'trigger', arcs: { fired: arc(['again']) } },
    again: { kind: 'loop', arcs: { done: arc(['last']) }, body: arc(['work']) },
    work: { scope: 'again', arcs: { ok: arc([], ['$end:again', 1, 0]) } },
    last: { arcs: { ok: arc([], ['$end', 1, 0]) } },
  },
  { '$end:again': all(1), $end: all(1) },
);

const step = (state: string, path = ''): HistoryEntry => ({
  ...{ kind: 'step', seq: 1, state, path, status: 'done', outcome: 'ok' },
});
const began = (state: string): HistoryEntry => ({ kind: 'began', seq: 1, state, path: '', total: 2, concurrency: 1 });
const item = (path: string): HistoryEntry => ({ kind: 'item', seq: 1, path, outcome: 'ok' });
const left = (entries: HistoryEntry[], at: { state: string; path: string }, of = program) => {
  const run = { trigger: 'start', repeated: [], past: entries.map((entry) => ({ entry, stepId: '1' })) };
  return beforeNode(of, run, at).past.map(({ entry }) =>
    entry.kind === 'item' ? `end of ${entry.path}` : `${entry.kind} ${entry.state} ${entry.path}`.trim(),
  );
};

const whole = [
  step('start'),
  step('beside'),
  began('each'),
  ...['each:0', 'each:1'].flatMap((path) => [step('work', path), step('tell', path), item(path)]),
  step('each'),
  step('last'),
];

test('what ran beside a step stays, all that followed it goes', () => {
  expect(left(whole, { state: 'each', path: '' })).toEqual(['step start', 'step beside']);
  expect(left(whole, { state: 'last', path: '' })).toContain('step each');
  expect(left(whole, { state: 'last', path: '' })).not.toContain('step last');
});

test('of a step of an item the other items stay, and what followed the map goes', () => {
  expect(left(whole, { state: 'tell', path: 'each:0' })).toEqual([
    'step start',
    'step beside',
    'began each',
    'step work each:0',
    'step work each:1',
    'step tell each:1',
    'end of each:1',
  ]);
});

test('an item that is open again takes no other one its turn', () => {
  const run = { trigger: 'start', repeated: [], past: whole.map((entry) => ({ entry, stepId: '1' })) };
  const { past } = beforeNode(program, run, { state: 'tell', path: 'each:0' });
  expect(past.find(({ entry }) => entry.kind === 'began')?.entry).toMatchObject({ concurrency: 2 });
});

test('of the passes of a loop those after it go', () => {
  const passes = ['again:0', 'again:1', 'again:2'].flatMap((path) => [step('work', path), item(path)]);
  const entries = [step('start'), began('again'), ...passes, step('again'), step('last')];
  expect(left(entries, { state: 'work', path: 'again:1' }, loop)).toEqual([
    'step start',
    'began again',
    'step work again:0',
    'end of again:0',
  ]);
});

test('of a tool call of an agent its turn stays, and the turns after it go: they were asked after what it gave', () => {
  const agent = sketchOfAgent();
  const turn = (total: number, ...indexes: number[]): HistoryEntry[] => [
    {
      kind: 'began',
      seq: 1,
      state: 'helper',
      path: '',
      total,
      concurrency: 1,
      ...(total > 2 ? { further: true } : {}),
    },
    ...indexes.flatMap((index) => [step('work', `helper:${index}`), item(`helper:${index}`)]),
  ];
  const past = [step('start'), ...turn(2, 0, 1), ...turn(3, 2), step('helper'), step('last')];
  expect(left(past, { state: 'work', path: 'helper:0' }, agent)).toEqual([
    'step start',
    'began helper',
    'step work helper:1',
    'end of helper:1',
  ]);
  expect(left(past, { state: 'work', path: 'helper:2' }, agent)).toEqual([
    'step start',
    'began helper',
    ...['helper:0', 'helper:1'].flatMap((path) => [`step work ${path}`, `end of ${path}`]),
    'began helper',
  ]);
});
