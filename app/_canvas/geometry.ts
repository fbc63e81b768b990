/** Measures of the canvas, in flow pixels (at 100 % zoom). */
export const cardWidth = 188;
export const rowHeight = 20;
/** Centre of the first outcome, the input handle beside it; outcome i stands 20 lower each. */
export const firstRowY = 62;
export const columnStep = 244;
export const rowStep = 152;
export const handleSize = 8;
/** Below this zoom a card shows its status and title only. */
export const farZoom = 0.6;

/** Height of a card with so many outcome rows: 96 for one or two. */
export function cardHeight(rows: number): number {
  return 96 + rowHeight * Math.max(0, rows - 2);
}

/** Height of the centre of outcome row `index`. */
export function handleY(index: number): number {
  return firstRowY + rowHeight * index;
}

export type Point = { x: number; y: number };

/** The cubic Bézier from handle centre to handle centre, as SVG path data. */
export function edgePath(from: Point, to: Point): string {
  const bend = Math.max((to.x - from.x) / 2, Math.min(0.34 * Math.abs(to.y - from.y), 56));
  return `M ${from.x},${from.y} C ${from.x + bend},${from.y} ${to.x - bend},${to.y} ${to.x},${to.y}`;
}
