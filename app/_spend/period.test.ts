import { expect, test } from 'vitest';
import { bucketText, changeText, daysOf } from './period.ts';

test('a period ends today and is cut into days, weeks or months', () => {
  const noon = new Date(2026, 10, 27, 12).getTime();
  expect(daysOf('7', noon)).toEqual({ from: '2026-11-21', to: '2026-11-27', per: 'day' });
  expect(daysOf('90', noon)).toEqual({ from: '2026-08-30', to: '2026-11-27', per: 'week' });
  expect(bucketText('2026-11-01', 'month')).toBe('Nov 2026');
  expect(bucketText('2026-11-09', 'week')).toBe('9 Nov');
});

test('a change is told against what was before', () => {
  expect([changeText(112, 100), changeText(92, 100), changeText(100, 100), changeText(5, 0), changeText(0, 0)]).toEqual(
    ['+12 %', '−8 %', '±0 %', 'new', '–'],
  );
});
