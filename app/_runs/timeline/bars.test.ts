import { describe, expect, it } from 'vitest';
import { barsOf, mergeBars } from './bars.ts';

const attempt = (number: number, from: number, to: number | null, result: string | null) => ({
  attempt: number,
  startedAt: from,
  endedAt: to,
  result,
  failure: null,
});

describe('the bars of a step', () => {
  it('number the attempts and show the pause between them', () => {
    const step = {
      status: 'done',
      waitingFor: null,
      startedAt: 0,
      endedAt: 30,
      attempts: [attempt(1, 0, 10, 'failed'), attempt(2, 20, 30, 'done')],
    } as const;
    expect(barsOf({ ...step, attempts: [...step.attempts] }, 'task', 99)).toEqual([
      { kind: 'failed', from: 0, to: 10, attempt: 1 },
      { kind: 'backoff', from: 10, to: 20, attempt: null },
      { kind: 'done', from: 20, to: 30, attempt: 2 },
    ]);
  });

  it('reach to now while it runs', () => {
    expect(barsOf({ status: 'running', waitingFor: null, startedAt: 5, endedAt: null }, 'task', 99)).toEqual([
      { kind: 'running', from: 5, to: 99, attempt: null },
    ]);
    expect(barsOf({ status: 'ready', waitingFor: null, startedAt: null, endedAt: null }, 'task', 99)).toEqual([]);
    expect(barsOf({ status: 'cancelled', waitingFor: null, startedAt: 1, endedAt: 2 }, 'task', 99)[0]?.kind).toBe(
      'cancelled',
    );
  });

  it('are a wait where a person was asked, and not where the gate passed by itself', () => {
    const gate = { status: 'done', waitingFor: null, startedAt: 0, endedAt: 60_000 } as const;
    expect(barsOf(gate, 'gate', 99)[0]?.kind).toBe('waiting');
    expect(barsOf({ ...gate, endedAt: 40 }, 'gate', 99)[0]?.kind).toBe('done');
  });

  it('show a retry that is due as a pause, and an unanswered question as a wait', () => {
    const failure = { code: 'HTTP_TIMEOUT', message: '' } as const;
    const waiting = {
      status: 'waiting',
      startedAt: 0,
      endedAt: null,
      attempts: [attempt(1, 0, 10, 'failed')],
    } as const;
    const retry = barsOf(
      { ...waiting, attempts: [...waiting.attempts], waitingFor: { kind: 'retry', untilMs: 200, failure } },
      'task',
      99,
    );
    expect(retry.map((bar) => bar.kind)).toEqual(['failed', 'backoff']);
    const asked = barsOf(
      { ...waiting, attempts: [attempt(1, 0, 10, 'lost')], waitingFor: { kind: 'decision' } },
      'task',
      99,
    );
    expect(asked.map((bar) => bar.kind)).toEqual(['failed', 'waiting']);
    const again = barsOf(
      { ...waiting, attempts: [attempt(1, 0, null, null)], waitingFor: { kind: 'decision' } },
      'task',
      99,
    );
    expect(again[0]?.kind).toBe('running');
  });

  it('of a loop are its items', () => {
    expect(barsOf({ status: 'done', waitingFor: null, startedAt: 0, endedAt: 60 }, 'map', 99)[0]?.kind).toBe('items');
  });

  it('of many items become few, kind by kind', () => {
    const bar = (kind: 'done' | 'failed', from: number, to: number) => ({ kind, from, to, attempt: 1 });
    expect(mergeBars([bar('done', 20, 30), bar('done', 0, 10), bar('failed', 5, 8), bar('done', 11, 15)], 2)).toEqual([
      { kind: 'done', from: 0, to: 15, attempt: null },
      { kind: 'failed', from: 5, to: 8, attempt: 1 },
      { kind: 'done', from: 20, to: 30, attempt: 1 },
    ]);
  });
});
