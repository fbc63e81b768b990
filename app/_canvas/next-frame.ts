/** Does it in the next animation frame. A hidden tab gets no frames and needs none: it catches up with its first one. */
export function nextFrame(turn: () => void): void {
  requestAnimationFrame(turn);
}

/**
 * As `nextFrame`, at least so many milliseconds after the time before: for what changes all the time and is looked at,
 * not animated. What stands between two such frames is free for the hand that drags meanwhile.
 */
export function pacedFrames(gapMs: () => number): (turn: () => void) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (turn) => {
    const due = (at: number) => {
      if (at - last < gapMs()) return requestAnimationFrame(due);
      last = at;
      turn();
    };
    requestAnimationFrame(due);
  };
}
