import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  NodeError,
  type NodeErrorCode,
  nodeErrorCodes,
  type RetryPolicy,
  retryByCode,
  retryDelayMs,
  toNodeError,
} from './errors.ts';

const unavailable = { code: 'MODEL_UNAVAILABLE', message: 'Away.' } as const;

const delayMs = (attempt: number, more: Partial<Parameters<typeof retryDelayMs>[0]> = {}): number | null =>
  retryDelayMs({ failure: unavailable, attempt, policy: null, random: 0, ...more });
const once: RetryPolicy = { attempts: 2, initialMs: 10, factor: 1, maxMs: 10, jitter: 0 };

test('delays grow, up to a limit and to the last attempt', () => {
  expect([1, 2, 3, 6, 7].map((attempt) => delayMs(attempt))).toEqual([2_000, 4_000, 8_000, 60_000, 60_000]);
  expect(delayMs(8)).toBeNull();
  expect(delayMs(1, { random: 0.5 })).toBe(2_200);
});

test('what the provider asks for is waited for at least', () => {
  expect(delayMs(1, { failure: { ...unavailable, retryAfterMs: 9_000 } })).toBe(9_000);
});

test('the operator’s own policy counts, but never where the same input fails the same way', () => {
  expect(delayMs(1, { policy: once, random: 0.9 })).toBe(10);
  expect(delayMs(2, { policy: once })).toBeNull();
  expect(delayMs(1, { policy: once, failure: { code: 'INPUT_INVALID', message: '' } })).toBeNull();
});

describe('a policy that names codes', () => {
  const failure = (code: NodeErrorCode) => ({ code, message: '' });
  test('tries these again, also those that are final by themselves, and no others', () => {
    const policy = { ...once, codes: ['HTTP_STATUS'] };
    expect(delayMs(1, { policy, failure: failure('HTTP_STATUS') })).toBe(10);
    expect(delayMs(1, { policy })).toBeNull();
  });

  test.each(['CANCELLED', 'EFFECT_UNKNOWN', 'RUN_TIMEOUT', 'STOPPED'] as const)('never tries %s again', (code) => {
    expect(delayMs(1, { policy: { ...once, codes: [code] }, failure: failure(code) })).toBeNull();
  });
});

describe('a total time', () => {
  const policy = { ...once, attempts: 50, totalMs: 3 * 86_400_000, initialMs: 86_400_000, maxMs: 86_400_000 };
  test('may be days; no attempt begins after it', () => {
    expect(delayMs(1, { policy, elapsedMs: 2 * 86_400_000 })).toBe(86_400_000);
    expect(delayMs(1, { policy, elapsedMs: 2 * 86_400_000 + 1 })).toBeNull();
  });

  test('is not stretched by what the provider asks for', () => {
    const failure = { ...unavailable, retryAfterMs: 4 * 86_400_000 };
    expect(delayMs(1, { policy, failure })).toBeNull();
  });
});

test('any policy: delays do not shrink from attempt to attempt, stay within cap and jitter, and end within the total', () => {
  const policies = fc.record({
    attempts: fc.integer({ min: 1, max: 50 }),
    initialMs: fc.nat(86_400_000),
    factor: fc.double({ min: 1, max: 10, noNaN: true }),
    maxMs: fc.nat(86_400_000),
    jitter: fc.double({ min: 0, max: 1, noNaN: true }),
    totalMs: fc.option(fc.nat(30 * 86_400_000), { nil: undefined }),
  });
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(policies, random, fc.nat(60_000), ({ totalMs, ...rest }, random, tookMs) => {
      const policy = { ...rest, ...(totalMs === undefined ? {} : { totalMs }) };
      let elapsedMs = 0;
      let shortest = 0;
      for (let attempt = 1; attempt <= policy.attempts; attempt += 1) {
        elapsedMs += tookMs;
        const least = delayMs(attempt, { policy: rest });
        const delay = delayMs(attempt, { policy, random, elapsedMs });
        if (least === null) expect(attempt).toBe(policy.attempts);
        if (delay === null || least === null) return;
        expect(least).toBeGreaterThanOrEqual(shortest);
        expect(least).toBeLessThanOrEqual(policy.maxMs);
        expect(delay).toBeGreaterThanOrEqual(least);
        expect(delay).toBeLessThanOrEqual(policy.maxMs * (1 + policy.jitter) + 1);
        elapsedMs += delay;
        expect(elapsedMs).toBeLessThanOrEqual(totalMs ?? Number.POSITIVE_INFINITY);
        shortest = least;
      }
    }),
  );
});

test('every code says whether it is tried again', () => {
  expect(nodeErrorCodes).toEqual(Object.keys(retryByCode));
});

test('any failure has a code', () => {
  const known = new NodeError('HTTP_STATUS', 'No.', { retryAfterMs: 5, details: { status: 500 }, happened: 'no' });
  expect(toNodeError(known)).toBe(known);
  expect(known.toFailure()).toEqual({ code: 'HTTP_STATUS', message: 'No.', retryAfterMs: 5, details: { status: 500 } });
  expect(toNodeError(new DOMException('stop', 'AbortError'))).toMatchObject({ code: 'CANCELLED' });
  const plain = toNodeError(new Error('Odd.'));
  expect(plain).toMatchObject({ code: 'INTERNAL', message: 'Odd.', happened: 'unknown' });
  expect(plain.toFailure()).toEqual({ code: 'INTERNAL', message: 'Odd.' });
  expect(toNodeError('text').message).toBe('text');
});
