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
  part: null,
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
      liveRun(row, { nodes: {}, seq: 0, open: [] }),
      events(
        ['run.started', {}],
        ['step.started', { state: 'a', path: '', attempt: 1 }],
        ['spend', { state: 'a', path: '', costMicros: 1_590 }],
        ['spend', { state: 'a', path: '', costMicros: 0, cached: true }],
        ['step.done', { state: 'a', path: '', outcome: 'ok', ms: 1_840 }],
        ['run.completed', { output: {}, spendMicros: 1_590 }],
      ),
    );
    expect(run.nodes.a).toMatchObject({
      running: 0,
      done: 1,
      costMicros: 1_590,
      cached: 1,
      workMs: 1_840,
      outcomes: { ok: 1 },
    });
    expect(run.row).toMatchObject({ status: 'completed', spendMicros: 1_590, startedAt: 1_000, endedAt: 6_000 });
  });

  it('counts a step that was done at once, without a start, as one attempt', () => {
    const run = applyRunEvents(
      liveRun(row, { nodes: {}, seq: 0, open: [] }),
      events(
        ['run.queued', { ready: [{ state: 's', path: '' }] }],
        [
          'step.done',
          { state: 's', path: '', outcome: 'fired', ms: 1, started: [{ state: 'a', path: '', attempt: 1 }] },
        ],
        ['step.done', { state: 'a', path: '', outcome: 'ok', ms: 5, ready: [{ state: 'b', path: '' }] }],
        ['step.done', { state: 'x', path: 'm:0', outcome: 'ok', ms: 2 }],
      ),
    );
    expect(run.nodes.s).toMatchObject({ ready: 0, done: 1, attempts: 1 });
    expect(run.nodes.a).toMatchObject({ running: 0, done: 1, attempts: 1, workMs: 5 });
    expect(run.nodes.b).toMatchObject({ ready: 1, attempts: 0 });
    expect(run.nodes.x).toMatchObject({ done: 1, attempts: 1 });
    expect(run.guessed).toBe(false);
  });

  it('shows what was undone, and that a run is paused', () => {
    const done = events(
      ['step.done', { state: 'a', path: '', outcome: 'ok', ms: 1 }],
      ['run.paused', { by: 'ann' }],
      ['run.undoing', {}],
      ['step.undone', { state: 'a', path: '' }],
      ['run.undone', { status: 'undone' }],
    );
    const run = applyRunEvents(liveRun(row, { nodes: {}, seq: 0, open: [] }), done);
    expect(run.nodes.a).toMatchObject({ done: 0, undone: 1, outcomes: { ok: 1 } });
    expect(run.row).toMatchObject({ pausedAt: 2_000, undo: 'undone' });
  });

  it('asks for a fresh state after a rewind, which does not name the steps that it took back', () => {
    const ended = liveRun({ ...row, status: 'failed', endedAt: 9, undo: 'undoing' }, { nodes: {}, seq: 0, open: [] });
    const run = applyRunEvents(ended, events(['run.rewound', { toSeq: 3, ready: [{ state: 'b', path: '' }] }]));
    expect(run).toMatchObject({ guessed: true, row: { status: 'running', endedAt: null, undo: null } });
    expect(run.nodes.b).toMatchObject({ ready: 1 });
  });

  it('passes over events that it already contains', () => {
    const list = events(['step.started', { state: 'a', path: '', attempt: 1 }], ['run.waiting', {}]);
    const run = applyRunEvents(liveRun(row, { nodes: {}, seq: 0, open: [] }), list);
    expect(applyRunEvents(run, list)).toEqual(run);
  });

  it('shows why a step waits, and forgets it when the step goes on', () => {
    const started = events(
      ['step.started', { state: 'a', path: '', attempt: 1 }],
      ['step.waiting', { state: 'a', path: '', waiting: { kind: 'approval' } }],
      ['step.ready', { state: 'a', path: '' }],
      ['step.started', { state: 'a', path: '', attempt: 1 }],
    );
    const waiting = applyRunEvents(liveRun(row, { nodes: {}, seq: 0, open: [] }), started.slice(0, 2));
    expect(waiting.nodes.a).toMatchObject({ waiting: 1, running: 0, waitingFor: { kind: 'approval' } });
    const goesOn = applyRunEvents(waiting, started);
    expect(goesOn.nodes.a).toMatchObject({ waiting: 0, running: 1, waitingFor: null, attempts: 1 });
  });

  it('keeps the iterations of a loop apart', () => {
    const run = applyRunEvents(
      liveRun(row, { nodes: {}, seq: 0, open: [] }),
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
      liveRun(row, { nodes: { a: { ...noStatus, waiting: 1, waitingFor: { kind: 'approval' } } }, seq: 0, open: [] }),
      events(['step.ready', { state: 'a', path: '' }]),
    );
    expect(run.nodes.a).toMatchObject({ waiting: 0, ready: 1, waitingFor: null });
    expect(run.guessed).toBe(false);
  });

  it('asks for a fresh snapshot where it had to guess which iteration was meant, and believes it', () => {
    const snapshot = liveRun(row, { nodes: { b: { ...noStatus, waiting: 2 } }, seq: 0, open: [] });
    const run = applyRunEvents(snapshot, events(['step.ready', { state: 'b', path: 'l:0' }]));
    expect(run.guessed).toBe(true);
    const fresh = liveRun(row, { nodes: { b: { ...noStatus, waiting: 1, ready: 1 } }, seq: 1, open: [] });
    expect(adoptSnapshot(run, fresh)).toMatchObject({ guessed: false, nodes: { b: { waiting: 1, ready: 1 } } });
  });

  it('does not go back to an older snapshot', () => {
    const run = applyRunEvents(
      liveRun(row, { nodes: {}, seq: 0, open: [] }),
      events(['run.started', {}], ['run.waiting', {}]),
    );
    expect(adoptSnapshot(run, liveRun(row, { nodes: {}, seq: 1, open: [] }))).toBe(run);
  });

  it('never counts below zero', () => {
    const run = applyRunEvents(
      liveRun(row, { nodes: {}, seq: 0, open: [] }),
      events(['step.done', { state: 'a', path: 'l:3', outcome: 'ok', ms: 1 }]),
    );
    expect(run.nodes.a).toMatchObject({ running: 0, ready: 0, waiting: 0, done: 1 });
  });
});
