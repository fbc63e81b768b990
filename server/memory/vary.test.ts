import { expect, test } from 'vitest';
import { likeness, vary } from './vary.ts';

const candidate = (id: string, score: number) => ({
  id,
  score,
  words: new Map(id.split(' ').map((word) => [word, 1])),
});
const found = [candidate('chai for berlin', 1), candidate('chai for bern', 0.95), candidate('late delivery', 0.7)];
const ids = (variety: number, limit = 3) => vary(found, variety, limit).map(({ id }) => id);

test('without variety the best ones are taken as they come', () => {
  expect(ids(0, 2)).toEqual(['chai for berlin', 'chai for bern']);
});

test('with variety something else comes before what says nearly the same', () => {
  expect(ids(0.5)).toEqual(['chai for berlin', 'late delivery', 'chai for bern']);
  expect(vary([], 0.5, 3)).toEqual([]);
});

test('texts are alike by the words that they share', () => {
  expect(likeness(new Map([['a', 2]]), new Map([['a', 5]]))).toBeCloseTo(1, 10);
  expect(likeness(new Map([['a', 1]]), new Map([['b', 1]]))).toBe(0);
  expect(likeness(new Map(), new Map())).toBe(0);
});
