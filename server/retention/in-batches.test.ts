import { expect, test } from 'vitest';
import { inBatches } from './in-batches.ts';

test('takes fewer runs at a time while batches are slow, and more again when they are not', async () => {
  let clock = 0;
  const limits: number[] = [];
  const took = [600, 600, 10, 10, 10];
  const done = await inBatches({ mayGoOn: () => true, now: () => clock }, async ({ limit }) => {
    clock += took[limits.length] ?? 0;
    limits.push(limit);
    return limits.length === 5 ? { runs: 0, last: null } : { runs: limit, last: String(limits.length) };
  });
  expect([limits, done]).toEqual([[50, 12, 3, 6, 12], { all: true }]);
});

test('begins no further batch when time is up, and says that there is more', async () => {
  let batches = 0;
  const done = await inBatches({ mayGoOn: () => batches < 2 }, async ({ limit }) => {
    batches += 1;
    return { runs: limit, last: String(batches) };
  });
  expect([batches, done]).toEqual([2, { all: false }]);
});
