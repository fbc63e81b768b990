import { describe, expect, test } from 'vitest';
import type { WaitReason } from '#nodes/core/step.ts';
import { type StillRun, whyNotMoving } from './why-not-moving.ts';
import type { StillStep } from './why-step.ts';

const failure = { code: 'HTTP_UNAVAILABLE', message: 'erp.local does not answer' } as const;

const step = (waiting: WaitReason | null, more: Partial<StillStep> = {}): StillStep => ({
  id: '1',
  state: 'ask',
  path: '',
  title: 'Ask the ERP',
  status: waiting ? 'waiting' : 'ready',
  waiting,
  since: 1_000,
  taskId: null,
  child: null,
  stuck: null,
  ...more,
});
const run = (more: Partial<StillRun> = {}): StillRun => ({
  runId: '7',
  status: 'waiting',
  createdAt: 0,
  endedAt: null,
  paused: null,
  held: null,
  undo: null,
  running: 0,
  workersAlive: 1,
  busy: { steps: 0, places: 10 },
  stuck: null,
  steps: [],
  ...more,
});

describe('a step that waits', () => {
  test.each<[WaitReason, string, number | null]>([
    [{ kind: 'approval' }, 'your approval', null],
    [{ kind: 'decision' }, 'you to say whether it happened', null],
    [{ kind: 'failure', failure }, 'your decision after a failure: erp.local does not answer', null],
    [{ kind: 'retry', untilMs: 9, failure }, 'its next attempt after HTTP_UNAVAILABLE: erp.local does not answer', 9],
    [{ kind: 'items', total: 12, concurrency: 3 }, 'its 12 items', null],
    [{ kind: 'passes', bound: 5 }, 'its passes, at most 5', null],
    [{ kind: 'timer', untilMs: 9 }, 'its time', 9],
    [
      { kind: 'place', of: 'batch', places: 2, untilMs: 9 },
      'one of the 2 calls of the kind of work batch that may be under way at once',
      null,
    ],
    [{ kind: 'event', name: 'paid', key: '17', untilMs: 9 }, 'the event paid with the key 17', 9],
    [{ kind: 'event', name: 'paid', key: '', untilMs: null }, 'the event paid', null],
    [{ kind: 'child', pipeline: 'p', version: 1, runId: null, untilMs: null }, 'the run that it calls to start', null],
  ])('says for what: %j', (waiting, waitsFor, until) => {
    const why = whyNotMoving(run({ steps: [step(waiting)] }));
    expect(why.steps).toMatchObject([{ kind: waiting.kind, waitsFor, until, since: 1_000, stuck: false }]);
    expect(why.summary).toBe(`“Ask the ERP” waits for ${waitsFor}.`);
  });

  test('says of a batch that cannot be looked at with what it failed, and since when', () => {
    const trouble = { code: 'MODEL_REJECTED', message: 'own refused the key (401).', sinceMs: 400, asked: 0 } as const;
    const why = whyNotMoving(run({ steps: [step({ kind: 'batch', of: 'gpt at own', untilMs: 9, trouble })] }));
    expect(why.steps[0]).toMatchObject({
      waitsFor: 'a batch of gpt at own that cannot be looked at. MODEL_REJECTED: own refused the key (401).',
      since: 400,
    });
    expect(why.steps[0]?.moves).toContain('given up 26 hours after it was made');
  });

  test('names the run that it called', () => {
    const waiting = { kind: 'child', pipeline: 'p', version: 1, runId: null, untilMs: null } as const;
    const child = { ref: 13, status: 'waiting', pipeline: 'Invoice' } as const;
    const why = whyNotMoving(run({ steps: [step(waiting, { child })] }));
    expect(why.steps[0]).toMatchObject({
      waitsFor: 'run R-13 of Invoice, which is waiting',
      moves: 'See why R-13 is not moving.',
    });
  });

  test('comes first where it waits for the operator, and last where its items are at work', () => {
    const steps = [
      step({ kind: 'items', total: 2, concurrency: 1 }),
      step({ kind: 'timer', untilMs: 9 }),
      step({ kind: 'approval' }, { taskId: 't' }),
    ];
    const why = whyNotMoving(run({ steps }));
    expect(why.steps.map(({ kind }) => kind)).toEqual(['approval', 'timer', 'items']);
    expect(why.summary).toBe('“Ask the ERP” waits for your approval, and 2 more steps wait.');
  });
});

describe('a run that is not moving', () => {
  const queued = [step(null)];
  test.each<[string, Partial<StillRun>, string]>([
    ['has ended', { status: 'failed' }, 'It has failed.'],
    ['is being undone', { status: 'completed', undo: 'undoing' }, 'It is being undone.'],
    ['is stuck as a whole', { stuck: 'nothing of it is ready' }, 'It is stuck: nothing of it is ready.'],
    [
      'is stuck at a step',
      { steps: [step(null, { stuck: 'ready, and no job leads to it' })] },
      'It is stuck at “Ask the ERP”: ready, and no job leads to it.',
    ],
    ['was paused', { paused: { by: 'ann', at: 1 }, steps: queued }, 'It was paused by ann.'],
    ['finds no worker', { workersAlive: 0, steps: queued }, 'No worker is alive, so nothing runs.'],
    [
      'waits for a place',
      { busy: { steps: 10, places: 10 }, steps: queued },
      'All workers are busy: they run 10 steps, and can run 10 at once.',
    ],
    ['is next', { steps: queued }, 'It is about to be taken up by a worker.'],
    [
      'is held by the review of its pipeline',
      { status: 'queued', held: { reason: 'three failed in a row' }, steps: queued },
      'Its pipeline is held: three failed in a row.',
    ],
    ['has nothing that waits', {}, 'Nothing of it waits.'],
    ['moves after all', { running: 1 }, 'It is moving.'],
  ])('%s', (_, facts, summary) => {
    expect(whyNotMoving(run(facts)).summary).toBe(summary);
  });

  test('says of a paused step who paused it', () => {
    const why = whyNotMoving(run({ paused: { by: 'ann', at: 1 }, steps: queued }));
    expect(why.steps[0]).toMatchObject({ kind: 'paused', waitsFor: 'ann to go on with the run' });
  });
});
