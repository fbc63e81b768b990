import { describe, expect, test } from 'vitest';
import type { RunEventData, RunEventKind, StoredRunEvent } from '../run-events.ts';
import { type RebuiltRun, rebuild } from './rebuild.ts';

type Told = { [K in RunEventKind]: [K, RunEventData[K]] }[RunEventKind];
const events = (...list: Told[]): StoredRunEvent[] =>
  list.map(([kind, data], at) => ({ seq: at + 1, kind, data }) as StoredRunEvent);
const told = (...list: Told[]): RebuiltRun => rebuild(events(...list));
const shown = ({ steps }: RebuiltRun): Record<string, string> =>
  Object.fromEntries([...steps].map(([key, { status, attempt }]) => [key, `${status} ${attempt}`]));

const failure = { code: 'INTERNAL', message: 'It failed.' } as const;
const at = (state: string, path = '') => ({ state, path });
const done = (state: string, more: Partial<RunEventData['step.done']> = {}): Told => [
  'step.done',
  { ...at(state), outcome: 'ok', ms: 1, ...more },
];
const failed = (state: string, outcome: string | null): Told => [
  'step.failed',
  { ...at(state), outcome, failure, ms: 1 },
];
const start: Told[] = [
  ['run.queued', { ready: [at('go')] }],
  ['run.started', {}],
  ['step.started', { ...at('go'), attempt: 1 }],
];

describe('a run rebuilt from its events', () => {
  test('has each step as it was left, with its attempts', () => {
    const run = told(
      ...start,
      done('go', { started: [{ ...at('x'), attempt: 1 }], ready: [at('y')] }),
      ['step.waiting', { ...at('x'), waiting: { kind: 'retry', untilMs: 5, failure } }],
      ['step.started', { ...at('x'), attempt: 2 }],
      ['spend', { ...at('x'), costMicros: 7 }],
      failed('x', 'error'),
      ['step.started', { ...at('y'), attempt: 1 }],
      failed('y', null),
      ['step.cancelled', at('z')],
      ['run.failed', { failure }],
    );
    expect(shown(run)).toEqual({ '|go': 'done 1', '|x': 'failed 2', '|y': 'failed 1', '|z': 'cancelled 0' });
    expect(run).toMatchObject({ seq: 12, status: 'failed', failure, spendMicros: 7, problems: [] });
  });

  test('waits, pauses, goes on and completes', () => {
    const waiting = [...start, ['step.waiting', { ...at('go'), waiting: { kind: 'approval' } }]] satisfies Told[];
    expect(told(...waiting, ['run.waiting', {}])).toMatchObject({ status: 'waiting' });
    expect(told(...waiting, ['run.paused', {}])).toMatchObject({ paused: true });
    const run = told(
      ...waiting,
      ['run.waiting', {}],
      ['run.paused', {}],
      ['run.unpaused', { started: [] }],
      ['step.ready', at('go')],
      ['run.resumed', {}],
      ['step.started', { ...at('go'), attempt: 1 }],
      done('go'),
      ['run.completed', { output: { a: 1 }, spendMicros: 3 }],
    );
    expect(run).toMatchObject({ status: 'completed', paused: false, output: { a: 1 }, spendMicros: 3, problems: [] });
  });

  test('knows how far maps are, and what was undone', () => {
    const run = told(
      ...start,
      ['map.progress', { ...at('m'), total: 3, finished: 1, failed: 1, ready: [at('x', 'm:1')] }],
      done('go'),
      ['run.cancelled', {}],
      ['run.undoing', {}],
      ['step.undone', at('go')],
    );
    expect(run.maps.get('|m')).toEqual({ total: 3, finished: 1, failed: 1 });
    expect(run.steps.get('|go')).toMatchObject({ status: 'done', undone: true });
    expect(run).toMatchObject({ status: 'cancelled', undo: 'undoing', problems: [] });
    expect(told(['run.undone', { status: 'partly' }]).undo).toBe('partly');
  });

  test('has the steps of a map that was tried again once', () => {
    const items = { kind: 'items', total: 1, concurrency: 1 } as const;
    const first: Told[] = [
      ['step.started', { ...at('m', 'o:0'), attempt: 1 }],
      ['step.waiting', { ...at('m', 'o:0'), waiting: items, ready: [at('x', 'o:0/m:0')] }],
      ['step.started', { ...at('x', 'o:0/m:0'), attempt: 1 }],
      ['step.failed', { ...at('x', 'o:0/m:0'), outcome: null, failure, ms: 1 }],
    ];
    const again = told(...first, ...first.slice(0, 2));
    expect(shown(again)).toEqual({ 'o:0|m': 'waiting 1', 'o:0/m:0|x': 'ready 0' });
    expect(again.problems).toEqual([]);
  });

  test('that was forked has what it took over', () => {
    const run = told([
      'run.queued',
      { inherited: [{ ...at('go'), status: 'done', outcome: 'fired' }], ready: [at('x')] },
    ]);
    expect(shown(run)).toEqual({ '|go': 'done 0', '|x': 'ready 0' });
  });
});

test('a rewound run is as it was at the checkpoint, with what begins there', () => {
  const run = told(
    ...start,
    done('go', { ready: [at('x'), at('m'), at('w')] }),
    ['step.started', { ...at('m'), attempt: 1 }],
    ['step.waiting', { ...at('m'), waiting: { kind: 'items', total: 2, concurrency: 1 }, ready: [at('y', 'm:0')] }],
    ['step.started', { ...at('w'), attempt: 1 }],
    ['step.waiting', { ...at('w'), waiting: { kind: 'approval' } }],
    ['step.started', { ...at('x'), attempt: 1 }],
    ['spend', { ...at('x'), costMicros: 7 }],
    done('x'),
    ['run.failed', { failure }],
    ['run.undoing', {}],
    ['run.rewound', { toSeq: 9, ready: [at('x'), at('w'), at('y', 'm:0')] }],
    ['step.started', { ...at('x'), attempt: 1 }],
    done('x'),
  );
  expect(shown(run)).toEqual({
    '|go': 'done 1',
    '|m': 'waiting 1',
    '|x': 'done 1',
    '|w': 'ready 0',
    'm:0|y': 'ready 0',
  });
  expect(run).toMatchObject({ seq: 16, status: 'running', failure: null, spendMicros: 7, problems: [] });
  const looping = told(
    ...start,
    ['step.waiting', { ...at('go'), waiting: { kind: 'passes', bound: 2 } }],
    ['run.rewound', { toSeq: 4 }],
  );
  expect(shown(looping)).toEqual({ '|go': 'waiting 1' });
});

test('a failed run that is tried again goes on from what failed; what waited beside it waits again', () => {
  const approval = { kind: 'approval' } as const;
  const failed: Told[] = [
    ...start,
    done('go', { ready: [at('x'), at('w')] }),
    ['step.started', { ...at('w'), attempt: 1 }],
    ['step.waiting', { ...at('w'), waiting: approval }],
    ['run.paused', {}],
    ['run.unpaused', {}],
    ['step.started', { ...at('x'), attempt: 1 }],
    ['step.failed', { ...at('x'), outcome: null, failure, ms: 1 }],
    ['step.cancelled', at('w')],
    ['run.failed', { failure }],
  ];
  const run = told(
    ...failed,
    ['run.retried', { toSeq: 10, ready: [at('x')], waiting: [{ ...at('w'), waiting: approval }] }],
    ['step.started', { ...at('x'), attempt: 2 }],
    done('x'),
  );
  expect(shown(run)).toEqual({ '|go': 'done 1', '|x': 'done 2', '|w': 'waiting 1' });
  expect(run).toMatchObject({ status: 'running', failure: null, problems: [] });
  expect(told(...failed, ['run.retried', { toSeq: 10 }])).toMatchObject({ status: 'waiting', problems: [] });
});

describe('what cannot be is told', () => {
  const problems = (...list: Told[]): string[] => told(...list).problems.map(({ message }) => message);

  test('a gap', () => {
    const [first, , third] = events(...start) as [StoredRunEvent, StoredRunEvent, StoredRunEvent];
    expect(rebuild([first, third]).problems).toEqual([{ seq: 3, message: 'Event 3 follows event 1.' }]);
  });

  test('a pure step that tells nothing of its beginning is as good as any', () => {
    const run = told(done('x', { path: 'm:0' }), ['step.ready', at('y')], done('y'));
    expect([shown(run), run.problems]).toEqual([{ 'm:0|x': 'done 1', '|y': 'done 1' }, []]);
  });

  test('a step that ends twice, or without having begun', () => {
    expect(problems(...start, done('go'), done('go'))).toEqual(['The step "go" is done while it was done.']);
    const waits: Told = ['step.waiting', { ...at('x', 'm:0'), waiting: { kind: 'passes', bound: 2 } }];
    expect(problems(waits)).toEqual(['The step "x" at m:0 is waiting while it was not there.']);
    expect(problems(...start, done('go'), ['step.ready', at('go')])).toEqual([
      'The step "go" is ready while it was done.',
    ]);
  });

  test('a run that ends twice, and a step that begins after the end', () => {
    expect(problems(['run.cancelled', {}], ['run.failed', { failure }])).toEqual([
      'The run is failed after it was cancelled.',
    ]);
    expect(problems(['run.cancelled', {}], ['step.started', { ...at('x'), attempt: 1 }])).toEqual([
      'The step "x" starts after the run was cancelled.',
    ]);
  });
});
