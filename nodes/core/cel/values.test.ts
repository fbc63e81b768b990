import { expect, test } from 'vitest';
import { toJson, toText } from './values.ts';

test('what JSON cannot hold is refused', () => {
  expect(() => toJson(10n)).toThrow('it gives a bigint, which cannot be stored.');
  expect(() => toJson(undefined)).toThrow('it gives a undefined');
  expect(() => toJson(new Map())).toThrow('it gives a value that cannot be stored.');
  expect(() => toJson(Number.POSITIVE_INFINITY)).toThrow('the number is Infinity');
});

test('objects without a prototype are plain, too', () => {
  expect(toJson(Object.assign(Object.create(null), { a: 1 }))).toEqual({ a: 1 });
});

test('values as they stand in a text', () => {
  expect([null, 'a', 1.5, true, [1], { a: null }].map(toText)).toEqual(['', 'a', '1.5', 'true', '[1]', '{"a":null}']);
});
