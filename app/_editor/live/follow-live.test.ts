import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { followLive } from './follow-live.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const begun: { break: () => void; ended: boolean }[] = [];
  const live = followLive((onBroken) => {
    const stream = { break: onBroken, ended: false };
    begun.push(stream);
    const unsubscribe = () => {
      stream.ended = true;
    };
    return { unsubscribe };
  });
  /** How long it takes after the stream broke until it is begun again. */
  const again = () => {
    const [count, at] = [begun.length, Date.now()];
    begun.at(-1)?.break();
    while (begun.length === count) vi.advanceTimersToNextTimer();
    return Date.now() - at;
  };
  return { begun, live, again };
}

it('begins a broken stream again, later each time, and soon once one has lasted', () => {
  const { begun, again } = setUp();
  expect([again(), again(), again(), again(), again()]).toEqual([2_000, 4_000, 8_000, 15_000, 15_000]);
  vi.advanceTimersByTime(60_000);
  expect(again()).toBe(1_000);
  expect(begun.slice(0, -1).every(({ ended }) => ended)).toBe(true);
});

it('begins at once where it may work again, and not while it works', () => {
  const { begun, live } = setUp();
  live.again();
  expect(begun).toHaveLength(1);
  begun[0]?.break();
  live.again();
  expect(begun).toHaveLength(2);
});

it('begins no more once it is stopped', () => {
  const { begun, live } = setUp();
  begun[0]?.break();
  live.stop();
  vi.advanceTimersByTime(60_000);
  expect(begun).toHaveLength(1);
  expect(begun[0]?.ended).toBe(true);
});
