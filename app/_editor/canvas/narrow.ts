/** Whether the screen is narrow: panels are sheets then. The same bound as in the style sheets. */
export function isNarrow(): boolean {
  return matchMedia('(max-width: 759.98px)').matches;
}
