import { describe, expect, it } from 'vitest';
import type { TimelineRow } from '#server/runs/types.ts';
import { consoleLines } from './console-lines.ts';

function row(change: Partial<TimelineRow>): TimelineRow {
  return {
    state: 'send',
    path: '',
    attempt: 1,
    status: 'done',
    outcome: 'sent',
    waitingFor: null,
    startedAt: 10,
    endedAt: 30,
    costMicros: 0,
    failure: null,
    label: '',
    attempts: [{ attempt: 1, startedAt: 10, endedAt: 30, result: 'done', failure: null }],
    ...change,
  };
}
const texts = (...rows: TimelineRow[]) => consoleLines(rows).map(({ at, state, text }) => `${at} ${state} ${text}`);

describe('the run console', () => {
  it('tells what happened in the order of time', () => {
    const other = row({
      state: 'draft',
      outcome: 'ok',
      startedAt: 5,
      endedAt: 9,
      attempts: [{ attempt: 1, startedAt: 5, endedAt: 9, result: 'done', failure: null }],
    });
    expect(texts(row({}), other)).toEqual([
      '5 draft started',
      '9 draft done: ok',
      '10 send started',
      '30 send done: sent',
    ]);
  });

  it('tells of attempts that failed, and why', () => {
    const failure = { code: 'HTTP_STATUS' as const, message: 'Status 504.' };
    const attempts = [
      { attempt: 1, startedAt: 10, endedAt: 12, result: 'failed', failure },
      { attempt: 2, startedAt: 20, endedAt: 30, result: 'done', failure: null },
    ];
    expect(texts(row({ attempts }))).toEqual([
      '10 send started',
      '12 send failed: Status 504.',
      '20 send started again, attempt 2',
      '30 send done: sent',
    ]);
  });

  it('tells why a step waits', () => {
    const waiting = row({ status: 'waiting', outcome: null, endedAt: null, waitingFor: { kind: 'approval' } });
    expect(texts(waiting).at(-1)).toBe('30 send waits: approval');
  });
});
