/** Does it in the next animation frame. A hidden tab gets no frames and needs none: it catches up with its first one. */
export function nextFrame(turn: () => void): void {
  requestAnimationFrame(turn);
}

/**
 * As `nextFrame` where the gap is 0; else between frames, so many milliseconds after the time before: for what changes
 * all the time and is looked at, not animated. What frames stand between is free for the hand that drags meanwhile.
 */
export function paced(gapMs: () => number): (turn: () => void) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (turn) => {
    const now = () => {
      last = performance.now();
      turn();
    };
    const gap = gapMs();
    if (gap === 0) nextFrame(now);
    else setTimeout(now, Math.max(0, last + gap - performance.now()));
  };
}
