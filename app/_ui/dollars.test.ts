import { expect, test } from 'vitest';
import { parseDollars, typedDollars } from './dollars.ts';

test('an amount is read as it is typed, exact to the micro-dollar', () => {
  expect(['12.50', '$1,200', '0.0004', '.5', ' 7 ', '0', '3.'].map(parseDollars)).toEqual([
    12_500_000, 1_200_000_000, 400, 500_000, 7_000_000, 0, 3_000_000,
  ]);
});

test('what is no amount is not read as one', () => {
  for (const wrong of ['', '.', '-1', '1.2345678', 'ten', '1,50', '12,34', '1e3', '€5'])
    expect(parseDollars(wrong)).toBeNull();
});

test('an amount is shown as it would be typed', () => {
  expect([12_500_000, 1_590, 0].map(typedDollars)).toEqual(['12.50', '0.00159', '0.00']);
  for (const micros of [1, 999_999, 123_456_789]) expect(parseDollars(typedDollars(micros))).toBe(micros);
});
