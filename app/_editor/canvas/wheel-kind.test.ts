import { describe, expect, it } from 'vitest';
import { createWheelKind } from './wheel-kind.ts';

const turn = {
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  deltaMode: 0,
  deltaX: 0,
  deltaY: 0,
  wheelDeltaY: 0,
};
const notch = { ...turn, deltaY: 100, wheelDeltaY: -120 };
const swipe = { ...turn, deltaY: 7, wheelDeltaY: -21 };

describe('a turn of the wheel', () => {
  it.each([
    ['a notch of a mouse wheel zooms', notch, 'zoom'],
    ['lines zoom', { ...turn, deltaMode: 1, deltaY: 3 }, 'zoom'],
    ['a pinch zooms, as a wheel with Ctrl does', { ...swipe, ctrlKey: true }, 'zoom'],
    ['a wheel with ⌘ zooms', { ...notch, metaKey: true }, 'zoom'],
    ['two fingers pan', swipe, 'pan'],
    ['sideways pans', { ...turn, deltaX: 40 }, 'pan'],
    ['a wheel with Shift pans', { ...notch, shiftKey: true }, 'pan'],
    ['a smooth wheel is no trackpad', { ...turn, deltaY: 4.000244, wheelDeltaY: -12 }, 'zoom'],
    ['in doubt it zooms', { ...turn, deltaY: 7, wheelDeltaY: undefined }, 'zoom'],
  ] as const)('%s', (_case, given, kind) => {
    expect(createWheelKind()(given, 0)).toBe(kind);
  });

  it('keeps its meaning within one movement of the hand', () => {
    const kindOf = createWheelKind();
    expect(kindOf(swipe, 0)).toBe('pan');
    expect(kindOf({ ...turn, deltaY: 40, wheelDeltaY: -120 }, 100)).toBe('pan');
    expect(kindOf(notch, 1_000)).toBe('zoom');
  });
});
