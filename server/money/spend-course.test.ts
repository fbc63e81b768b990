import { describe, expect, it } from 'vitest';
import { daysBefore } from './spend-by.ts';
import { markAnomalies, moversOf } from './spend-course.ts';

const course = (...micros: number[]) => micros.map((each, day) => ({ from: `2026-11-${10 + day}`, micros: each }));
const marked = (...micros: number[]): string[] =>
  markAnomalies(course(...micros)).flatMap(({ from, anomaly }) => (anomaly ? [from] : []));

describe('a day is marked', () => {
  it('that costs far more than those before it, and the next such day, too', () => {
    const usual = [100_000, 120_000, 90_000, 110_000, 105_000, 95_000];
    expect(marked(...usual, 500_000, 100_000, 500_000)).toEqual(['2026-11-16', '2026-11-18']);
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

it('the time before is as long and ends the day before', () => {
  expect(daysBefore({ from: '2026-11-01', to: '2026-11-30' })).toEqual({ from: '2026-10-02', to: '2026-10-31' });
  expect(daysBefore({ from: '2026-03-01', to: '2026-03-01' })).toEqual({ from: '2026-02-28', to: '2026-02-28' });
});
