import { describe, expect, it } from 'vitest';
import { noStatus } from '#app/_canvas/run-state.ts';
import type { LiveMessage, RunEvent } from '#server/live/types.ts';
import type { RunDetail, RunRow } from '#server/runs/types.ts';
import { follow, rebase } from './following.ts';

const row: RunRow = {
  id: '5',
  ref: 5,
  pipelineId: 'p',
  pipelineName: 'Leads',
  version: 1,
  mode: 'production',
  trigger: 's',
  part: null,
  status: 'running',
  waitingFor: [],
  spendMicros: 0,
  createdAt: 0,
  startedAt: 0,
  endedAt: null,
  failure: null,
  pausedAt: null,
  undo: null,
};
const snapshot = (seq: number): LiveMessage => ({ kind: 'snapshot', runs: [{ ...row, seq, nodes: {}, open: [] }] });
const started = (seq: number): RunEvent => ({
  seq,
  kind: 'step.started',
  at: seq,
  data: { state: 'a', path: `m:${seq}`, attempt: 1 },
});
const events = (runId: string, ...list: RunEvent[]): LiveMessage => ({
  kind: 'events',
  runId,
  ref: 5,
  pipelineId: 'p',
  events: list,
});
const fetched = (seq: number, running: number): RunDetail => ({
  ...row,
  seq,
  nodes: { a: { ...noStatus, running } },
  open: [],
  graph: { format: 'solograph/graph', version: 1, name: 'g', description: '', nodes: [], edges: [], notes: [] },
  input: null,
  keptInOutbox: {},
  lineage: { calledBy: null, forkedFrom: null, called: [] },
  output: null,
  programHash: 'h',
});

describe('following one run', () => {
  it('starts at the snapshot and goes on with the events of that run only', () => {
    expect(follow(null, events('5', started(1)), '5')).toBeNull();
    const at3 = follow(null, snapshot(3), '5');
    expect(follow(at3, events('6', started(4)), '5')).toBe(at3);
    expect(follow(at3, events('5', started(4)), '5')?.run.nodes.a?.running).toBe(1);
  });

  it('does not go back when a connection that broke brings an older snapshot', () => {
    const at4 = follow(follow(null, snapshot(3), '5'), events('5', started(4)), '5');
    expect(follow(at4, snapshot(3), '5')).toBe(at4);
    expect(follow(at4, { kind: 'snapshot', runs: [] }, '5')).toBe(at4);
  });

  it('takes what the server counted and applies only what happened after it', () => {
    const at6 = follow(follow(null, snapshot(3), '5'), events('5', started(4), started(5), started(6)), '5');
    const rebased = rebase(at6, fetched(5, 40));
    expect(rebased?.run).toMatchObject({ seq: 6, nodes: { a: { running: 41 } } });
    expect(rebased?.recent.map((event) => event.seq)).toEqual([6]);
    expect(rebase(at6, fetched(9, 7))?.run).toMatchObject({ seq: 9, nodes: { a: { running: 7 } } });
  });

  it('keeps what it has where events are missing between the two', () => {
    const at6 = follow(follow(null, snapshot(5), '5'), events('5', started(6)), '5');
    expect(rebase(at6, fetched(3, 40))).toBe(at6);
    expect(rebase(null, fetched(3, 40))).toBeNull();
  });
});
