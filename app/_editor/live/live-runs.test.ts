import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { noStatus } from '#app/_canvas/run-state.ts';
import type { LiveMessage, RunEvent } from '#server/live/types.ts';
import type { RunRow } from '#server/runs/types.ts';
import { createLiveRuns, type FetchedRun, healDelayMs } from './live-runs.ts';

function row(id: string, change: Partial<RunRow> = {}): RunRow {
  return {
    id,
    ref: Number(id),
    pipelineId: 'p',
    pipelineName: 'Leads',
    version: 7,
    mode: 'production',
    trigger: 's',
    part: null,
    status: 'running',
    waitingFor: [],
    spendMicros: 0,
    createdAt: Number(id),
    startedAt: 0,
    endedAt: null,
    failure: null,
    pausedAt: null,
    undo: null,
    ...change,
  };
}

const started = (seq: number, path = ''): RunEvent => ({
  seq,
  kind: 'step.started',
  at: seq,
  data: { state: 'a', path, attempt: 1 },
});
const ended = (seq: number): RunEvent => ({
  seq,
  kind: 'run.completed',
  at: seq,
  data: { output: {}, spendMicros: 0 },
});
const events = (runId: string, ...list: RunEvent[]): LiveMessage => ({
  kind: 'events',
  runId,
  ref: Number(runId),
  pipelineId: 'p',
  events: list,
});

const atOnce = (publish: () => void): void => publish();

function setUp(fetched: Record<string, FetchedRun | null> = {}) {
  const fetchRun = vi.fn(async (runId: string) => fetched[runId] ?? null);
  const live = createLiveRuns({ pipelineId: 'p', fetchRun, onFrame: atOnce });
  return {
    live,
    fetchRun,
    run: (id: string) => live.store.getState().runs.get(id),
    state: () => live.store.getState(),
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('following the runs of a pipeline', () => {
  it('shows a run that starts, whoever started it, and asks for its version', async () => {
    const { live, state, run } = setUp({
      '5': { ...row('5'), seq: 1, open: [], nodes: { a: { ...noStatus, running: 1 } } },
    });
    live.receive(events('5', started(1)));
    expect(state().chosen).toBe('5');
    expect(run('5')?.nodes.a?.running).toBe(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(run('5')?.row.version).toBe(7);
  });

  it('tells once per frame, however much it is told', () => {
    const frames: (() => void)[] = [];
    const live = createLiveRuns({ pipelineId: 'p', fetchRun: async () => null, onFrame: (turn) => frames.push(turn) });
    const told = vi.fn();
    live.store.subscribe(told);
    live.receive({ kind: 'snapshot', runs: [{ ...row('5'), seq: 3, open: [], nodes: {} }] });
    live.receive(events('5', started(4)));
    live.receive(events('5', started(5, 'l:1')));
    expect(told).not.toHaveBeenCalled();
    for (const frame of frames) frame();
    expect(told).toHaveBeenCalledTimes(1);
    expect(live.store.getState().runs.get('5')?.nodes.a?.running).toBe(2);
  });

  it('loses no event that arrives while it asks', async () => {
    let answer: (run: FetchedRun) => void = () => {};
    const fetchRun = () => new Promise<FetchedRun>((resolve) => (answer = resolve));
    const live = createLiveRuns({ pipelineId: 'p', fetchRun, onFrame: atOnce });
    live.receive(events('5', started(4)));
    await vi.advanceTimersByTimeAsync(0);
    live.receive(events('5', ended(5)));
    answer({ ...row('5'), seq: 4, open: [], nodes: { a: { ...noStatus, running: 1 } } });
    await vi.advanceTimersByTimeAsync(0);
    expect(live.store.getState().runs.get('5')).toMatchObject({ seq: 5, row: { status: 'completed' } });
  });

  it('stays with the run being shown while it goes on, and moves to the next when it is over', () => {
    const { live, state } = setUp();
    live.receive({ kind: 'snapshot', runs: [{ ...row('5'), seq: 3, open: [], nodes: {} }] });
    live.receive(events('6', started(1)));
    expect(state().chosen).toBe('5');
    live.receive(events('5', ended(4)));
    live.receive(events('7', started(1)));
    expect(state().chosen).toBe('7');
  });

  it('shows the run that the operator chose, also one that is over', () => {
    const { live, state } = setUp();
    live.receive({ kind: 'snapshot', runs: [{ ...row('5'), seq: 3, open: [], nodes: {} }] });
    live.choose('2');
    live.receive(events('5', started(4)));
    expect(state().chosen).toBe('2');
  });

  it('takes a second snapshot after a reconnect without going back', () => {
    const { live, run } = setUp();
    live.receive({ kind: 'snapshot', runs: [{ ...row('5'), seq: 3, open: [], nodes: {} }] });
    live.receive(events('5', started(4)));
    live.receive({ kind: 'snapshot', runs: [{ ...row('5'), seq: 3, open: [], nodes: {} }] });
    expect(run('5')?.nodes.a?.running).toBe(1);
  });

  it('moves a step from where the fresh counts had it, not from where an earlier event left it', async () => {
    let answer: (run: FetchedRun) => void = () => {};
    const fetchRun = () => new Promise<FetchedRun>((resolve) => (answer = resolve));
    const live = createLiveRuns({ pipelineId: 'p', fetchRun, onFrame: atOnce });
    live.receive(events('5', started(1)));
    await vi.advanceTimersByTimeAsync(0);
    // The answer is ahead of the stream: it knows that the step waits by now.
    answer({
      ...row('5'),
      seq: 2,
      nodes: { a: { ...noStatus, waiting: 1 } },
      open: [{ state: 'a', path: '', status: 'waiting', attempt: 1 }],
    });
    await vi.advanceTimersByTimeAsync(0);
    live.receive(
      events('5', { seq: 3, at: 3, kind: 'step.done', data: { state: 'a', path: '', outcome: 'ok', ms: 1 } }),
    );
    expect(live.store.getState().runs.get('5')?.nodes.a).toMatchObject({ running: 0, waiting: 0, done: 1 });
  });

  it('asks for fresh counts where it had to guess, at most once a second', async () => {
    const fresh: FetchedRun = { ...row('5'), seq: 6, open: [], nodes: { a: { ...noStatus, running: 2, waiting: 1 } } };
    const { live, run, fetchRun } = setUp({ '5': fresh });
    live.receive({
      kind: 'snapshot',
      runs: [{ ...row('5'), seq: 3, open: [], nodes: { a: { ...noStatus, waiting: 3 } } }],
    });
    live.receive(events('5', started(4, 'l:0')));
    live.receive(events('5', started(5, 'l:1')));
    await vi.advanceTimersByTimeAsync(healDelayMs);
    expect(fetchRun).toHaveBeenCalledTimes(1);
    expect(run('5')?.nodes.a).toMatchObject({ running: 2, waiting: 1 });
  });

  it('shows a run that starts only while the newest is followed, and the newest live one when it is again', () => {
    const { live, state } = setUp();
    const snapshot = (id: string, change: Partial<RunRow> = {}) => ({
      ...row(id, change),
      seq: 1,
      open: [],
      nodes: {},
    });
    live.receive({ kind: 'snapshot', runs: [snapshot('1')] });
    expect(state().chosen).toBe('1');
    live.receive({ kind: 'snapshot', runs: [snapshot('1', { endedAt: 5, status: 'completed' })] });
    live.follow(false);
    live.receive({ kind: 'snapshot', runs: [snapshot('2')] });
    expect(state().chosen).toBe('1');
    live.follow(true);
    expect(state()).toMatchObject({ chosen: '2', follow: true });
  });
});
