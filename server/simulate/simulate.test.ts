import { expect, test } from 'vitest';
import { simulateMany } from './campaign.ts';

test('ten thousand schedules of random programs: each run ends, nothing runs twice, and order does not matter', {
  timeout: 120_000,
}, () => {
  const { schedules, failure } = simulateMany({ seed: 20_261_126, count: 10_000 });
  expect(failure).toBeNull();
  expect(schedules).toBeGreaterThanOrEqual(10_000);
});
