import { describe, expect, it } from 'vitest';
import { axisOf, placeOf } from './axis.ts';

const text = (ms: number) => `${ms / 1_000} s`;

describe('the axis of a timeline', () => {
  it('runs evenly where something always happens', () => {
    const axis = axisOf([{ from: 0, to: 40_000 }], { from: 0, to: 40_000 }, text);
    expect(axis.segments).toEqual([{ kind: 'time', from: 0, to: 40_000, left: 0, width: 100 }]);
    expect(placeOf(axis, 10_000)).toBe(25);
    expect(axis.ticks.map((tick) => tick.text)).toEqual(['0 s', '10 s', '20 s', '30 s']);
  });

  it('folds a wait of half an hour, so that the seconds of work stay readable', () => {
    const busy = [
      { from: 0, to: 38_000 },
      { from: 1_910_000, to: 1_911_100 },
    ];
    const axis = axisOf(busy, { from: 0, to: 1_911_100 }, text);
    expect(axis.segments.map((segment) => segment.kind)).toEqual(['time', 'fold', 'time']);
    expect(axis.segments[1]?.width).toBe(10);
    expect(placeOf(axis, 38_000)).toBeGreaterThan(80);
    expect(placeOf(axis, 1_911_100)).toBeCloseTo(100);
    expect(axis.ticks.at(-1)?.text).toBe('+1.1 s');
  });

  it('does not fold a pause that is short beside the work', () => {
    const busy = [
      { from: 0, to: 30_000 },
      { from: 36_000, to: 60_000 },
    ];
    expect(axisOf(busy, { from: 0, to: 60_000 }, text).segments).toHaveLength(1);
  });

  it('folds the longest three pauses at most', () => {
    const busy = Array.from({ length: 6 }, (_, index) => ({ from: index * 100_000, to: index * 100_000 + 1_000 }));
    const axis = axisOf(busy, { from: 0, to: 501_000 }, text);
    expect(axis.segments.filter((segment) => segment.kind === 'fold')).toHaveLength(3);
  });

  it('holds a run in which nothing has happened yet, or that took no time', () => {
    const axis = axisOf([], { from: 5, to: 5 }, text);
    expect(placeOf(axis, 5)).toBe(0);
    expect(axis.ticks).toEqual([{ left: 0, text: '0 s' }]);
  });

  it.each([
    [600_000, '2 min'],
    [36_000_000, '2 h'],
    [864_000_000, '2 d'],
    [500, '0.1 s'],
  ])('names the time of a run of %d ms in its own unit', (to, tick) => {
    expect(axisOf([{ from: 0, to }], { from: 0, to }, text).ticks[1]?.text).toBe(tick);
  });
});
