import { expect, it } from 'vitest';
import { costBand, roughly, timeBand } from './estimate.ts';

it('an estimate of cost is as rough as it is', () => {
  expect([0, 1_594, 23, 123_456, 7].map(roughly)).toEqual([0, 1_600, 23, 120_000, 7]);
  expect(costBand({ p50: 0, p90: 0 })).toBe('est. $0');
  expect(costBand({ p50: 1_481, p90: 2_333 })).toBe('$0.0015–0.0023');
  expect(costBand({ p50: 1_481, p90: 1_482 })).toBe('est. $0.0015');
});

it('an estimate of time is a span of seconds, or the median', () => {
  expect(timeBand({ p50: 1_840, p90: 3_100 })).toBe('1.84–3.10 s');
  expect(timeBand({ p50: 40, p90: 40 })).toBe('est. 0.04 s');
  expect(timeBand({ p50: 20_000, p90: 1_900_000 })).toBe('est. 20.0 s');
  expect(timeBand({ p50: 1_900_000, p90: 3_900_000 })).toBe('est. 31 min 40 s');
});
