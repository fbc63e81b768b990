const gridPx = 4;

/** The nearest point of the grid. */
export function snap(value: number): number {
  return Math.round(value / gridPx) * gridPx;
}
