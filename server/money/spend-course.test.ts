import { describe, expect, it } from 'vitest';
import { daysBefore } from './spend-by.ts';
import { firstLookedAt, markAnomalies, moversOf, shownFrom } from './spend-course.ts';

const course = (...micros: number[]) => micros.map((each, day) => ({ from: `2026-11-${10 + day}`, micros: each }));
const marked = (...micros: number[]): string[] =>
  markAnomalies(course(...micros)).flatMap(({ from, anomaly }) => (anomaly ? [from] : []));

describe('a day is marked', () => {
  it('that costs far more than those before it, and the next such day, too', () => {
    const usual = [100_000, 120_000, 90_000, 110_000, 105_000, 95_000];
    expect(marked(...usual, 500_000, 100_000, 500_000)).toEqual(['2026-11-16', '2026-11-18']);
  });

  it('not where a day of each week is as dear', () => {
    const week = [10_000, 12_000, 9_000, 11_000, 10_500, 9_500, 60_000];
    expect(marked(...week, ...week, ...week)).toEqual(['2026-11-16', '2026-11-23']);
    expect(marked(...week, ...week, ...week.slice(0, 6), 120_000)).toEqual(['2026-11-16', '2026-11-23', '2026-11-30']);
  });

  it('not because nothing was spent before there was anything', () => {
    expect(marked(...Array<number>(14).fill(0), 100_000, 90_000)).toEqual([]);
  });

  it('not for what is usual, a cent, or too few days to say', () => {
    expect(marked(100_000, 120_000, 90_000, 110_000, 105_000, 130_000)).toEqual([]);
    expect(marked(10, 10, 10, 10, 10, 9_000)).toEqual([]);
    expect(marked(1, 1, 1, 1, 900_000)).toEqual([]);
    expect(markAnomalies(course(4, 2))[1]).toEqual({
      from: '2026-11-11',
      micros: 2,
      usualMicros: null,
      anomaly: false,
    });
  });
});

it('what moved most stands first, also where it is gone', () => {
  const part = (key: string, micros: number, previousMicros: number) => ({ key, title: key, micros, previousMicros });
  expect(
    moversOf([part('a', 10, 4), part('b', 5, 5), part('c', 1, 100)], [part('gone', 50, 0), part('a', 4, 0)]),
  ).toMatchObject([
    { key: 'c', changeMicros: -99 },
    { key: 'gone', micros: 0, changeMicros: -50 },
    { key: 'a', changeMicros: 6 },
  ]);
});

it('what is usual is told by the buckets before the first one that is shown', () => {
  expect(firstLookedAt('2026-11-21', 'day')).toBe('2026-11-07');
  expect(firstLookedAt('2026-08-30', 'week')).toBe('2026-05-17');
  expect(firstLookedAt('2026-01-31', 'month')).toBe('2024-10-01');
  const told = shownFrom(markAnomalies(course(1, 2, 3)), '2026-11-11');
  expect(told.map(({ micros }) => micros)).toEqual([2, 3]);
  expect(shownFrom([{ from: '2026-11-09' }, { from: '2026-11-16' }], '2026-11-12')).toHaveLength(2);
});

it('the time before is as long and ends the day before', () => {
  expect(daysBefore({ from: '2026-11-01', to: '2026-11-30' })).toEqual({ from: '2026-10-02', to: '2026-10-31' });
  expect(daysBefore({ from: '2026-03-01', to: '2026-03-01' })).toEqual({ from: '2026-02-28', to: '2026-02-28' });
});
