import { expect, test } from 'vitest';
import { type LiveRun, liveRun, noStatus } from '#app/_canvas/run-state.ts';
import type { NodeStatus, RunRow } from '#server/runs/types.ts';
import { announcementOf } from './announcements.ts';

function run(status: RunRow['status'], nodes: Record<string, Partial<NodeStatus>> = {}): LiveRun {
  const row = { id: '7', ref: 12, status } as RunRow;
  const full = Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, { ...noStatus, ...node }]));
  return liveRun(row, { nodes: full, seq: 1, open: [] });
}
const said = (before: LiveRun | null, after: LiveRun) => announcementOf(before, after, (id) => `Node ${id}`);
const failure = { code: 'HTTP_STATUS' as const, message: 'Status 504.' };

test.each<[string, LiveRun | null, LiveRun, string | null]>([
  ['a start', null, run('running'), 'Run R-12 started.'],
  ['nothing while it is queued', null, run('queued'), null],
  ['nothing where nothing changed', run('running'), run('running', { a: { done: 1 } }), null],
  [
    'what it waits for, and where',
    run('running'),
    run('waiting', {
      each: { waiting: 1, waitingFor: { kind: 'items', total: 3, concurrency: 1 } },
      ask: { waiting: 1, waitingFor: { kind: 'approval' } },
    }),
    'Run R-12 waits at Node ask: approval.',
  ],
  ['that it waits, where it is not known for what', run('running'), run('waiting'), 'Run R-12 waits.'],
  ['that it goes on', run('waiting'), run('running'), 'Run R-12 goes on.'],
  [
    'a node that failed',
    run('running'),
    run('running', { send: { failed: 1, failure } }),
    'Run R-12: Node send failed: Status 504.',
  ],
  ['the end', run('running'), run('completed'), 'Run R-12 is done.'],
  ['a failure', run('running'), run('failed', { send: { failed: 1 } }), 'Run R-12: Node send failed. The run failed.'],
  ['that it was stopped', run('running'), run('cancelled'), 'Run R-12 was cancelled.'],
])('a screen reader says %s', (_what, before, after, text) => {
  expect(said(before, after)).toBe(text);
});
