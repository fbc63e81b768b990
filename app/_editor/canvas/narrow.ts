/** Whether the screen is narrow: panels are sheets then. The same bound as in the style sheets. */
export function isNarrow(): boolean {
  return matchMedia('(max-width: 759.98px)').matches;
}

/** Whether one points with a finger. Then a drag pans, unless it begins on a card that was tapped before. */
export function isCoarse(): boolean {
  return matchMedia('(pointer: coarse)').matches;
}
