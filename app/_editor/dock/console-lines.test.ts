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
const texts = (...rows: TimelineRow[]) => consoleLines({ rows }).map(({ at, state, text }) => `${at} ${state} ${text}`);

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

  it('tells what a step logged and what a model answered, in between', () => {
    const at = { state: 'send', path: '', label: '' };
    const lines = consoleLines({
      rows: [row({})],
      entries: [
        { ...at, kind: 'log', at: 12, message: 'connected', data: null },
        {
          ...{ ...at, kind: 'model', at: 20, model: 'gpt-4.1', rehearsal: false, inputTokens: 10, outputTokens: 3 },
          ...{ costMicros: 1_590, priced: true, text: 'Dear Ann', cut: false },
        },
      ],
    });
    expect(lines.map(({ text, answer }) => answer?.text ?? text)).toEqual([
      'started',
      'connected',
      'Dear Ann',
      'done: sent',
    ]);
    expect(lines[2]?.text).toBe('gpt-4.1 answered: 10 tokens in, 3 out, $0.00159');
  });

  it('shows what a model writes until the answer is there', () => {
    const running = row({ status: 'running', outcome: null, endedAt: null });
    const said = [{ state: 'send', path: '', attempt: 1, at: 15, text: 'Dear', partial: false, lines: [] }];
    expect(consoleLines({ rows: [running], said }).at(-1)).toMatchObject({ answer: { text: 'Dear', open: true } });
    expect(consoleLines({ rows: [row({})], said }).some(({ answer }) => answer !== undefined)).toBe(false);
  });
});
