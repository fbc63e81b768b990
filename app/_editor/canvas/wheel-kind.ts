/** What a turn of the wheel means: `zoom` at the pointer, or `pan` with two fingers. */
export type WheelKind = 'zoom' | 'pan';

type Turn = Pick<WheelEvent, 'ctrlKey' | 'metaKey' | 'shiftKey' | 'deltaMode' | 'deltaX' | 'deltaY'> & {
  /** Not in the standard, but in most browsers: −120 for each notch of a wheel, −3 for each pixel of a trackpad. */
  wheelDeltaY?: number;
};

const notch = 120;
const perPixel = -3;
/** Turns that follow each other this closely are one movement of the hand. */
const oneMovementMs = 300;

/**
 * Tells a trackpad from a wheel where that is safe: by a sideways movement, or by steps that only a trackpad makes. A
 * pinch comes with Ctrl. In doubt it is a wheel, which zooms. Within one movement of the hand the meaning stays.
 */
export function createWheelKind(): (turn: Turn, nowMs: number) => WheelKind {
  let last: { kind: WheelKind; at: number } | null = null;
  return (turn, nowMs) => {
    if (turn.ctrlKey || turn.metaKey) return 'zoom';
    const goesOn = last !== null && nowMs - last.at <= oneMovementMs;
    const kind = goesOn && last?.kind === 'pan' ? 'pan' : kindOf(turn);
    last = { kind, at: nowMs };
    return kind;
  };
}

function kindOf({ shiftKey, deltaMode, deltaX, deltaY, wheelDeltaY }: Turn): WheelKind {
  if (deltaX !== 0 || shiftKey) return 'pan';
  if (deltaMode !== 0 || wheelDeltaY === undefined || wheelDeltaY % notch === 0) return 'zoom';
  return wheelDeltaY === deltaY * perPixel ? 'pan' : 'zoom';
}
