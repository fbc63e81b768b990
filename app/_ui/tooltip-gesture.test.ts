import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tooltipGesture } from './tooltip-gesture.ts';

describe('When a tooltip opens and closes', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.runAllTimers();
    vi.advanceTimersByTime(1_000);
    vi.useRealTimers();
  });

  it('opens when the mouse has rested on it for a moment, not when it passes, nor under a finger', () => {
    const { one, states } = tooltips();
    one.move('mouse');
    vi.advanceTimersByTime(200);
    one.leave();
    vi.advanceTimersByTime(1_000);
    one.move('touch');
    vi.advanceTimersByTime(1_000);
    expect(states.one).toBe(false);

    one.move('mouse');
    vi.advanceTimersByTime(300);
    expect(states.one).toBe(true);
    one.close();
  });

  it('stays while the mouse comes over to read it, and goes once it has left', () => {
    const { one, states } = tooltips();
    one.focus();
    one.leave();
    vi.advanceTimersByTime(100);
    one.stay();
    vi.advanceTimersByTime(1_000);
    expect(states.one).toBe(true);

    one.leave();
    vi.advanceTimersByTime(150);
    expect(states.one).toBe(false);
  });

  it('opens at once beside one that is open, which closes, and right after one has closed', () => {
    const { one, two, states } = tooltips();
    one.move('mouse');
    vi.advanceTimersByTime(300);
    one.leave();
    two.move('mouse');
    expect(states).toEqual({ one: false, two: true });

    two.close();
    one.move('mouse');
    expect(states.one).toBe(true);
    one.close();
  });

  it('opens with the focus that the keyboard brings, not with the one of a press', () => {
    const { one, states } = tooltips();
    one.press();
    one.focus();
    expect(states.one).toBe(false);
    one.release();
    one.focus();
    expect(states.one).toBe(true);
    one.press();
    expect(states.one).toBe(false);
  });
});

function tooltips() {
  const states = { one: false, two: false };
  const of = (name: keyof typeof states) =>
    tooltipGesture((open) => {
      states[name] = open;
    });
  return { one: of('one'), two: of('two'), states };
}
