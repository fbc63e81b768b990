import { expect, test } from 'vitest';
import { NodeError, nodeErrorCodes, retryByCode, retryDelayMs, toNodeError } from './errors.ts';

const unavailable = { code: 'MODEL_UNAVAILABLE', message: 'Away.' } as const;

test('delays grow, up to a limit and to the last attempt', () => {
  expect([1, 2, 3, 6, 7].map((attempt) => retryDelayMs(unavailable, attempt, null, 0))).toEqual([
    2_000, 4_000, 8_000, 60_000, 60_000,
  ]);
  expect(retryDelayMs(unavailable, 8, null, 0)).toBeNull();
  expect(retryDelayMs(unavailable, 1, null, 0.5)).toBe(2_200);
});

test('what the provider asks for is waited for at least', () => {
  expect(retryDelayMs({ ...unavailable, retryAfterMs: 9_000 }, 1, null, 0)).toBe(9_000);
});

test('the operator’s own policy counts, but never where the same input fails the same way', () => {
  const policy = { attempts: 2, initialMs: 10, factor: 1, maxMs: 10, jitter: 0 };
  expect(retryDelayMs(unavailable, 1, policy, 0.9)).toBe(10);
  expect(retryDelayMs(unavailable, 2, policy, 0)).toBeNull();
  expect(retryDelayMs({ code: 'INPUT_INVALID', message: '' }, 1, policy, 0)).toBeNull();
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
