import { describe, expect, it } from 'vitest';
import type { RunEvent, RunEventData, RunEventKind } from '#server/live/types.ts';
import type { RunRow } from '#server/runs/types.ts';
import { adoptSnapshot, applyRunEvents, liveRun, noStatus } from './run-state.ts';

const row: RunRow = {
  id: '7',
  ref: 7,
  pipelineId: 'p',
  pipelineName: 'Leads',
  version: 1,
  mode: 'production',
  trigger: 's',
  status: 'queued',
  waitingFor: [],
  spendMicros: 0,
  createdAt: 0,
  startedAt: null,
  endedAt: null,
  failure: null,
  pausedAt: null,
  undo: null,
};

/** Events with seq from 1 and one second apart. */
function events(...list: { [K in RunEventKind]: [K, RunEventData[K]] }[RunEventKind][]): RunEvent[] {
  return list.map(([kind, data], index) => ({ seq: index + 1, at: (index + 1) * 1_000, kind, data }) as RunEvent);
}

describe('following a run', () => {
  it('counts a step from running to done, with its time, outcome and spend', () => {
    const run = applyRunEvents(
      liveRun(row, {}, 0),
      events(
        ['run.started', {}],
        ['step.started', { state: 'a', path: '', attempt: 1 }],
        ['spend', { state: 'a', path: '', costMicros: 1_590 }],
        ['step.done', { state: 'a', path: '', outcome: 'ok', ms: 1_840 }],
        ['run.completed', { output: {}, spendMicros: 1_590 }],
      ),
    );
    expect(run.nodes.a).toMatchObject({ running: 0, done: 1, costMicros: 1_590, workMs: 1_840, outcomes: { ok: 1 } });
    expect(run.row).toMatchObject({ status: 'completed', spendMicros: 1_590, startedAt: 1_000, endedAt: 5_000 });
  });

  it('passes over events that it already contains', () => {
    const list = events(['step.started', { state: 'a', path: '', attempt: 1 }], ['run.waiting', {}]);
    const run = applyRunEvents(liveRun(row, {}, 0), list);
    expect(applyRunEvents(run, list)).toEqual(run);
  });

  it('shows why a step waits, and forgets it when the step goes on', () => {
    const started = events(
      ['step.started', { state: 'a', path: '', attempt: 1 }],
      ['step.waiting', { state: 'a', path: '', waiting: { kind: 'approval' } }],
      ['step.ready', { state: 'a', path: '' }],
      ['step.started', { state: 'a', path: '', attempt: 1 }],
    );
    const waiting = applyRunEvents(liveRun(row, {}, 0), started.slice(0, 2));
    expect(waiting.nodes.a).toMatchObject({ waiting: 1, running: 0, waitingFor: { kind: 'approval' } });
    const goesOn = applyRunEvents(waiting, started);
    expect(goesOn.nodes.a).toMatchObject({ waiting: 0, running: 1, waitingFor: null, attempts: 1 });
  });

  it('keeps the iterations of a loop apart', () => {
    const run = applyRunEvents(
      liveRun(row, {}, 0),
      events(
        ['step.ready', { state: 'b', path: 'l:0' }],
        ['step.ready', { state: 'b', path: 'l:1' }],
        ['step.started', { state: 'b', path: 'l:0', attempt: 1 }],
        ['step.started', { state: 'b', path: 'l:1', attempt: 1 }],
        ['step.waiting', { state: 'b', path: 'l:0', waiting: { kind: 'approval' } }],
        ['step.done', { state: 'b', path: 'l:1', outcome: 'ok', ms: 5 }],
        ['map.progress', { state: 'l', path: '', total: 84, finished: 1, failed: 0 }],
      ),
    );
    expect(run.nodes.b).toMatchObject({ ready: 0, running: 0, waiting: 1, done: 1, attempts: 2 });
    expect(run.nodes.l?.map).toEqual({ total: 84, finished: 1, failed: 0 });
    expect(run.guessed).toBe(false);
  });

  it('goes on from a snapshot: the one step outside a loop is the one that was counted', () => {
    const run = applyRunEvents(
      liveRun(row, { a: { ...noStatus, waiting: 1, waitingFor: { kind: 'approval' } } }, 0),
      events(['step.ready', { state: 'a', path: '' }]),
    );
    expect(run.nodes.a).toMatchObject({ waiting: 0, ready: 1, waitingFor: null });
    expect(run.guessed).toBe(false);
  });

  it('asks for a fresh snapshot where it had to guess which iteration was meant, and believes it', () => {
    const snapshot = liveRun(row, { b: { ...noStatus, waiting: 2 } }, 0);
    const run = applyRunEvents(snapshot, events(['step.ready', { state: 'b', path: 'l:0' }]));
    expect(run.guessed).toBe(true);
    const fresh = liveRun(row, { b: { ...noStatus, waiting: 1, ready: 1 } }, 1);
    expect(adoptSnapshot(run, fresh)).toMatchObject({ guessed: false, nodes: { b: { waiting: 1, ready: 1 } } });
  });

  it('does not go back to an older snapshot', () => {
    const run = applyRunEvents(liveRun(row, {}, 0), events(['run.started', {}], ['run.waiting', {}]));
    expect(adoptSnapshot(run, liveRun(row, {}, 1))).toBe(run);
  });

  it('never counts below zero', () => {
    const run = applyRunEvents(
      liveRun(row, {}, 0),
      events(['step.done', { state: 'a', path: 'l:3', outcome: 'ok', ms: 1 }]),
    );
    expect(run.nodes.a).toMatchObject({ running: 0, ready: 0, waiting: 0, done: 1 });
  });
});
