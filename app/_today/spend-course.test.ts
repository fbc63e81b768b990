import { expect, it } from 'vitest';
import { courseOf } from './spend-course.ts';

it('adds the spend of each hour up to now', () => {
  const hourly = [
    { hour: 6, micros: 100 },
    { hour: 8, micros: 50 },
  ];
  const points = courseOf(hourly, 8.5);
  expect(points[0]).toEqual({ hour: 0, micros: 0 });
  expect(points.find((point) => point.hour === 7)).toEqual({ hour: 7, micros: 100 });
  expect(points.at(-1)).toEqual({ hour: 8.5, micros: 150 });
});

it('is one point at midnight', () => {
  expect(courseOf([], 0)).toEqual([{ hour: 0, micros: 0 }]);
});
