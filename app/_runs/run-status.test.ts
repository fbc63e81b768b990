import { expect, it } from 'vitest';
import { runStatusOf } from './run-status.ts';

const run = { status: 'waiting', undo: null, pausedAt: null, waitingFor: ['approval', 'event'] } as const;
const of = (change: object) => runStatusOf({ ...run, waitingFor: [...run.waitingFor], ...change });

it('says in words what a run waits for', () => {
  expect(of({})).toEqual({ status: 'waiting', detail: 'approval, an event' });
});

it('says that a run is paused or undone rather than how it ended', () => {
  expect(of({ pausedAt: 1 })).toEqual({ status: 'waiting', detail: 'paused' });
  expect(of({ status: 'completed', undo: 'undoing' })).toEqual({ status: 'running', detail: 'undoing' });
  expect(of({ status: 'completed', undo: 'undone' })).toEqual({ status: 'undone', detail: null });
  expect(of({ status: 'failed', undo: 'partly' })).toEqual({ status: 'undone', detail: 'in part' });
});
