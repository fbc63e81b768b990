import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../compile/compile.ts';
import type { Program } from '../program.ts';
import { type SimulatedStep, simulate } from '../simulate.ts';
import type { StepEvent } from '../step.ts';
import { testDefinitions } from '../testing/definitions.ts';
import { expr, graphOf } from '../testing/graph-of.ts';
import { randomGraph, seeded } from '../testing/random-graph.ts';
import { type Checkpoint, type History, type HistoryEntry, upTo } from './history.ts';
import { replay } from './replay.ts';

const failure = { code: 'INTERNAL', message: 'It failed.' } as const;

const programOf = (...args: Parameters<typeof graphOf>): Program => {
  const { program, diagnostics } = compile(graphOf(...args), testDefinitions);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return program!;
};

/** A program whose map `m` is a loop: a pass is an item that the pass before made. */
const asLoop = (program: Program): Program => ({
  ...program,
  states: { ...program.states, m: { ...program.states.m!, kind: 'loop' } },
});

let seq = 0;
const step = (state: string, path = '', outcome: string | null = 'ok'): HistoryEntry => ({
  kind: 'step',
  seq: ++seq,
  state,
  path,
  status: outcome === null || outcome === 'error' ? 'failed' : 'done',
  outcome,
});
const began = (state: string, total: number, concurrency = 2): HistoryEntry => ({
  kind: 'began',
  seq: ++seq,
  state,
  path: '',
  total,
  concurrency,
});
const item = (path: string, outcome: 'ok' | 'error' = 'ok'): HistoryEntry => ({
  kind: 'item',
  seq: ++seq,
  path,
  outcome,
});
const standing = (program: Program, ...entries: HistoryEntry[]): Checkpoint =>
  replay(program, { trigger: 'go', entries: [step('go', '', 'fired'), ...entries] });
const ready = ({ frontier }: Checkpoint): string[] => frontier.map(({ state, path }) => `${path}|${state}`).sort();

const map = { type: 'map', inputs: { items: expr('[1, 2, 3]') } };

describe('a checkpoint', () => {
  const program = programOf({ go: 'start', x: 'task', y: 'task', z: 'task' }, [
    'go.fired > x',
    'go.fired > y',
    'x.ok > z',
    'y.ok > z',
  ]);

  test('knows what is ready, and how far joins have come', () => {
    expect(ready(standing(program))).toEqual(['|x', '|y']);
    const half = standing(program, step('x'));
    expect(ready(half)).toEqual(['|y']);
    expect(half.joins).toContainEqual({ path: '', join: 'z', settled: 1, taken: 1 });
    expect(ready(standing(program, step('x'), step('y')))).toEqual(['|z']);
    expect(standing(program, step('y'), step('x'), step('z'))).toMatchObject({ ended: 'completed', frontier: [] });
  });

  test('before the first commit has the trigger alone', () => {
    expect(replay(program, { trigger: 'go', entries: [] }).frontier).toEqual([
      { state: 'go', path: '', decision: null },
    ]);
  });

  test('can be taken at any event of the history', () => {
    const entries = [step('go', '', 'fired'), step('x'), step('y')];
    expect(ready(replay(program, upTo({ trigger: 'go', entries }, entries[1]!.seq)))).toEqual(['|y']);
  });

  test('after a failure that leads nowhere is the end; without it, its step is ready again', () => {
    expect(standing(program, step('x'), step('y', '', null))).toMatchObject({ ended: 'failed', frontier: [] });
    expect(ready(standing(program, step('x')))).toEqual(['|y']);
  });

  test('is refused where the history is not one of the program', () => {
    expect(() => standing(program, step('z'))).toThrow('has "z" at "" before it could begin');
  });
});

describe('maps', () => {
  const program = programOf({ go: 'start', m: map, x: 'task', y: 'task' }, [
    'go.fired > m',
    'm.each > x',
    'm.done > y',
  ]);
  const [first, second, third] = ['m:0', 'm:1', 'm:2'] as const;

  test('have so many iterations under way, and the next begins when one has ended', () => {
    const begun = standing(program, began('m', 3));
    expect(ready(begun)).toEqual(['m:0|x', 'm:1|x']);
    const one = standing(program, began('m', 3), step('x', second), item(second));
    expect(ready(one)).toEqual(['m:0|x', 'm:2|x']);
    expect(one.maps).toEqual([
      { state: 'm', path: '', total: 3, next: 3, finished: 1, failed: 0, ended: [{ index: 1, outcome: 'ok' }] },
    ]);
  });

  test('go on when all items have ended, a failed one among them', () => {
    const entries = [began('m', 3), step('x', first, null), step('x', second), item(second), step('x', third)];
    expect(ready(standing(program, ...entries))).toEqual(['m:2|$end:m']);
    const all = standing(program, ...entries, item(third, 'error'));
    expect(all.frontier).toEqual([{ state: 'm', path: '', decision: { kind: 'items-done', limit: false } }]);
    expect(all.maps).toMatchObject([{ finished: 3, failed: 2 }]);
    const past = standing(program, ...entries, item(third, 'error'), step('m', '', 'done'));
    expect(past.maps).toEqual([]);
    expect(ready(past)).toEqual(['|y']);
  });

  test('that are tried again begin anew', () => {
    const once = programOf({ go: 'start', m: { ...map, config: { onItemError: 'stop' } }, x: 'task', y: 'task' }, [
      'go.fired > m',
      'm.each > x',
      'm.each > y',
    ]);
    const again = standing(once, began('m', 2), step('y', second), step('x', first, null), began('m', 2));
    expect(ready(again)).toEqual(['m:0|x', 'm:0|y', 'm:1|x', 'm:1|y']);
    expect(again.joins).toEqual([]);
    expect(again.maps).toMatchObject([{ finished: 0, failed: 0, ended: [] }]);
  });

  test('without items are over at once', () => {
    expect(ready(standing(program, step('m', '', 'done')))).toEqual(['|y']);
  });

  test('that stop at a failure leave their other iterations, and what is in them', () => {
    const stops = programOf({ go: 'start', m: { ...map, config: { onItemError: 'stop' } }, n: map, x: 'task' }, [
      'go.fired > m',
      'm.each > n',
      'n.each > x',
    ]);
    const inner: HistoryEntry = { kind: 'began', seq: ++seq, state: 'n', path: first, total: 2, concurrency: 2 };
    const stopped = standing(stops, began('m', 2), inner, step('n', second, null));
    expect(stopped.frontier).toEqual([{ state: 'm', path: '', decision: { kind: 'item-failed', index: 1 } }]);
    expect(stopped.maps).toMatchObject([{ state: 'm', ended: [{ index: 1, outcome: 'error' }] }]);
    expect(standing(stops, began('m', 2), step('n', second, null), step('m', '', null)).ended).toBe('failed');
  });
});

describe('loops', () => {
  const program = asLoop(programOf({ go: 'start', m: map, x: 'task' }, ['go.fired > m', 'm.each > x']));

  test('begin a pass when the one before has ended, as far as their history goes', () => {
    const begun = standing(program, began('m', 2, 1));
    expect(ready(begun)).toEqual(['m:0|x']);
    expect(begun.maps).toMatchObject([{ total: 1, next: 1 }]);
    const again = standing(program, began('m', 2, 1), step('x', 'm:0'), item('m:0'));
    expect(ready(again)).toEqual(['m:1|x']);
    expect(again.maps).toMatchObject([{ total: 2, next: 2, finished: 1 }]);
    const over = standing(program, began('m', 2, 1), step('x', 'm:0'), item('m:0'), step('x', 'm:1'), item('m:1'));
    expect(over.frontier).toEqual([{ state: 'm', path: '', decision: { kind: 'items-done', limit: false } }]);
    const bounded = standing(program, { ...began('m', 1), limit: true } as HistoryEntry, step('x', 'm:0'), item('m:0'));
    expect(bounded.frontier).toMatchObject([{ decision: { kind: 'items-done', limit: true } }]);
  });
});

type Seen = { entries: number; ready: string[]; joins: Checkpoint['joins'] };

/** What was executed, and what else ended by it: maps that stop at a failed item, from the inside out. */
function entriesOf(executed: SimulatedStep, before: Map<string, string>, now: SimulatedStep[]): HistoryEntry[] {
  const over = now
    .filter((at) => before.get(`${at.path}|${at.state}`) !== at.status)
    .filter(({ status }) => status === 'done' || status === 'failed')
    .sort((a, b) => Number(b === executed) - Number(a === executed) || b.path.length - a.path.length);
  return over.map(({ state, path, status, outcome }) =>
    state.startsWith('$end') ? item(path) : { ...step(state, path, outcome), status: status as 'done' | 'failed' },
  );
}

function record(program: Program, random: () => number): { status: string; history: History; seen: Seen[] } {
  const entries: HistoryEntry[] = [];
  const seen: Seen[] = [];
  const before = new Map<string, string>();
  let all: SimulatedStep[] = [];
  const { status } = simulate(program, {
    trigger: 'go',
    input: {},
    random,
    maxSteps: 5_000,
    respond: ({ state }) => respond(program, state, random),
    observe: (executed, steps, joins) => {
      all = steps;
      if (executed.status === 'waiting')
        entries.push({
          ...began(executed.state, totals.get(executed.state) ?? 0),
          path: executed.path,
        } as HistoryEntry);
      else entries.push(...entriesOf(executed, before, steps));
      for (const { state, path, status } of steps) before.set(`${path}|${state}`, status);
      const live = steps.filter((at) => at.status === 'ready').map(({ state, path }) => `${path}|${state}`);
      const counts = [...joins.values()].map(({ fired: _fired, ...count }) => ({ ...count }));
      seen.push({ entries: entries.length, ready: live.sort(), joins: counts });
    },
  });
  const known = entries.map((entry) =>
    entry.kind === 'began' ? { ...entry, total: totalOf(program, entry, all) } : entry,
  );
  return { status, history: { trigger: 'go', entries: known }, seen };
}

/** How many items a map has, and how many passes a loop has begun by the end. */
function totalOf(program: Program, { state, path, total }: At & { total: number }, steps: SimulatedStep[]): number {
  if (program.states[state]!.kind !== 'loop') return total;
  const inside = path === '' ? `${state}:` : `${path}/${state}:`;
  const passes = steps
    .filter((at) => at.path.startsWith(inside))
    .map((at) => Number.parseInt(at.path.slice(inside.length), 10));
  return Math.max(...passes) + 1;
}

type At = { state: string; path: string };
/** How many items each map got last. */
const totals = new Map<string, number>();

function respond(program: Program, state: string, random: () => number): StepEvent {
  const { kind, arcs } = program.states[state]!;
  const outcomes = Object.keys(arcs);
  const outcome = outcomes[Math.floor(random() * outcomes.length)]!;
  if (random() < 0.1) return { kind: 'failed', failure, retryInMs: null };
  if (kind === 'loop') return { kind: 'loop', value: 0 };
  if (kind !== 'map') {
    if (outcome === 'error') return { kind: 'failed', failure, retryInMs: null };
    return { kind: 'done', outcome, output: {} };
  }
  const items = Array.from({ length: Math.floor(random() * 4) }, (_, n) => n);
  totals.set(state, items.length);
  return { kind: 'map', items, concurrency: 2 };
}

test('any program, any order, any cut: what the history gives is where the run stood', { timeout: 60_000 }, () => {
  let cuts = 0;
  let passes = 0;
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 20 }), (seed, size) => {
      const random = seeded(seed);
      const { program } = compile(randomGraph(random, size), testDefinitions);
      if (!program) return;
      const { status, history, seen } = record(program, random);
      for (const { entries, ready: expected, joins } of seen) {
        const checkpoint = replay(program, { ...history, entries: history.entries.slice(0, entries) });
        expect(checkpoint.joins).toEqual(joins);
        expect(ready(checkpoint)).toEqual(expected);
        cuts += 1;
      }
      for (const entry of history.entries)
        if (entry.kind === 'began' && program.states[entry.state]!.kind === 'loop') passes += entry.total;
      expect(replay(program, history).ended).toBe(status);
    }),
    { numRuns: 300 },
  );
  expect(cuts).toBeGreaterThan(1_000);
  expect(passes).toBeGreaterThan(50);
});
