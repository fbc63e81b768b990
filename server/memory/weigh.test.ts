import { expect, test } from 'vitest';
import { ranking } from './ranking.ts';
import { weightOf } from './weigh.ts';

const now = Date.UTC(2026, 10, 26);
const dayMs = 86_400_000;
const by = { recencyWeight: 0.5, recencyHalfLifeDays: 30, importanceWeight: 0.2 };

test('what happened today counts by the whole weight of recency more, half of it a half-life ago, and nothing long ago', () => {
  const of = (days: number) => weightOf({ at: now - days * dayMs, importance: 0.5 }, by, now);
  expect(of(0)).toBeCloseTo(1.5, 10);
  expect(of(30)).toBeCloseTo(1.25, 10);
  expect(of(3_000)).toBeCloseTo(1, 5);
  expect(of(-5)).toBe(of(0));
});

test('importance counts around its middle, and by default nothing else does', () => {
  const of = (importance: number) => weightOf({ at: now, importance }, ranking, now);
  expect([of(0), of(0.5), of(1)]).toEqual([0.8, 1, 1.2]);
});
