import { expect, it } from 'vitest';
import { unitOf } from './time-units.ts';

it('tells a span in the largest unit in which it is a whole number', () => {
  expect(unitOf(172_800_000)).toBe('d');
  expect(unitOf(5_400_000)).toBe('min');
  expect(unitOf(3_600_000)).toBe('h');
  expect(unitOf(1_500)).toBe('s');
  expect(unitOf(200)).toBe('s');
});
