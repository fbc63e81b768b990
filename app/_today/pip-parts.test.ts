import { expect, it } from 'vitest';
import { pipsOf } from './pip-parts.ts';

it('shows each step of a short run as one square', () => {
  expect(pipsOf(2, 5)).toEqual({ total: 5, done: 2 });
  expect(pipsOf(0, 0)).toEqual({ total: 0, done: 0 });
});

it('shows a long run as a share, full only when it is done', () => {
  expect(pipsOf(45, 91)).toEqual({ total: 8, done: 3 });
  expect(pipsOf(90, 91)).toEqual({ total: 8, done: 7 });
  expect(pipsOf(91, 91)).toEqual({ total: 8, done: 8 });
});
