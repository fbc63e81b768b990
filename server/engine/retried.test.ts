import { expect, test } from 'vitest';
import { isDataError, isPassing, retried } from './retried.ts';

const atOnce = async () => undefined;

const failing = (error: unknown, times: number) => {
  let asked = 0;
  return {
    ask: async () => {
      asked += 1;
      if (asked <= times) throw error;
      return 'answer';
    },
    asked: () => asked,
  };
};

test('a database that is away for a moment is asked again', async () => {
  const { ask, asked } = failing(Object.assign(new Error('starting'), { code: '57P03' }), 3);
  expect(await retried(ask, atOnce)).toBe('answer');
  expect(asked()).toBe(4);
});

test('a question that is wrong is not asked again', async () => {
  const { ask, asked } = failing(Object.assign(new Error('no such column'), { code: '42703' }), 9);
  await expect(retried(ask, atOnce)).rejects.toThrow('no such column');
  expect(asked()).toBe(1);
});

test('a database that stays away is a failure in the end', async () => {
  const { ask } = failing(new Error('Connection terminated unexpectedly'), 99);
  await expect(retried(ask, atOnce)).rejects.toThrow('terminated');
});

test('failures are told apart by what they are of', () => {
  expect(isDataError(Object.assign(new Error(), { code: '22P05' }))).toBe(true);
  expect(isDataError(new Error())).toBe(false);
  expect(isPassing(Object.assign(new Error(), { code: 'ECONNREFUSED' }))).toBe(true);
  expect(isPassing(Object.assign(new Error(), { code: '40P01' }))).toBe(true);
  expect(isPassing('text')).toBe(false);
});
