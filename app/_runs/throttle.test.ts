import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { throttle } from './throttle.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('acts at once, then at most once per interval, and not after it was stopped', () => {
  const act = vi.fn();
  const throttled = throttle(act, 100);
  for (let event = 0; event < 5; event++) throttled.call();
  expect(act).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(100);
  expect(act).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(100);
  expect(act).toHaveBeenCalledTimes(2);
  throttled.call();
  throttled.call();
  throttled.stop();
  vi.advanceTimersByTime(500);
  expect(act).toHaveBeenCalledTimes(3);
});
