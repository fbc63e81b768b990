import { describe, expect, it } from 'vitest';
import { statuses, statusOfCounts, statusWord, toStatus, waitText } from './status.ts';

const none = { ready: 0, running: 0, waiting: 0, done: 0, failed: 0, cancelled: 0 };

describe('status', () => {
  it('gives every status its own word', () => {
    expect(new Set(statuses.map(statusWord)).size).toBe(statuses.length);
  });

  it.each([
    ['queued', 'queued'],
    ['ready', 'queued'],
    ['running', 'running'],
    ['waiting', 'waiting'],
    ['completed', 'done'],
    ['done', 'done'],
    ['failed', 'failed'],
    ['cancelled', 'cancelled'],
    ['undone', 'undone'],
    ['skipped', 'skipped'],
    ['', 'idle'],
  ])('shows what is stored as "%s" as %s', (stored, shown) => {
    expect(toStatus(stored)).toBe(shown);
  });

  it('shows what goes on now before what ended, over all iterations of a node', () => {
    expect(statusOfCounts({ ...none, running: 1, waiting: 3, failed: 2, done: 80 })).toBe('running');
    expect(statusOfCounts({ ...none, waiting: 3, ready: 1, done: 80 })).toBe('waiting');
    expect(statusOfCounts({ ...none, ready: 1, done: 80 })).toBe('queued');
    expect(statusOfCounts({ ...none, failed: 1, done: 90 })).toBe('failed');
    expect(statusOfCounts({ ...none, done: 91 })).toBe('done');
    expect(statusOfCounts({ ...none, cancelled: 1 })).toBe('cancelled');
  });

  it('calls a node that a finished run never reached skipped, and idle before that', () => {
    expect(statusOfCounts(undefined)).toBe('idle');
    expect(statusOfCounts(undefined, true)).toBe('skipped');
    expect(statusOfCounts(none, true)).toBe('skipped');
    expect(statusOfCounts(none)).toBe('idle');
  });

  it('says why a step waits', () => {
    const failure = { code: 'HTTP_TIMEOUT', message: 'No answer.' } as const;
    expect(waitText({ kind: 'approval' })).toBe('approval');
    expect(waitText({ kind: 'decision' })).toBe('did it happen?');
    expect(waitText({ kind: 'items', total: 91, concurrency: 4 })).toBe('91 items');
    const untilMs = new Date(2026, 10, 18, 9, 0, 12).getTime();
    expect(waitText({ kind: 'retry', untilMs, failure })).toBe('retry at 09:00:12');
    expect(waitText({ kind: 'batch', of: 'gpt at own', untilMs })).toBe('a batch');
    expect(waitText({ kind: 'place', of: 'batch', places: 2, untilMs })).toBe('place: batch work');
    const trouble = { code: 'MODEL_REJECTED', message: 'the key was refused', sinceMs: untilMs, asked: 0 } as const;
    expect(waitText({ kind: 'batch', of: 'gpt at own', untilMs, trouble })).toMatch(
      /^batch out of reach since .*09:00$/,
    );
  });
});
