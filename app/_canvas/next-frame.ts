/** Does it in the next animation frame. A hidden tab gets no frames and needs none: it catches up with its first one. */
export function nextFrame(turn: () => void): void {
  requestAnimationFrame(turn);
}
