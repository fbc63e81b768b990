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
/** Below this zoom it is a box that shows its status only. */
export const remoteZoom = 0.4;

/** Height of a card with so many outcome rows: 96 for one or two. */
export function cardHeight(rows: number): number {
  return 96 + rowHeight * Math.max(0, rows - 2);
}

/** Height of the centre of outcome row `index`. */
export function handleY(index: number): number {
  return firstRowY + rowHeight * index;
}

/** Where the handle of the undo stands, at the foot of the card. */
export const undoX = cardWidth / 2;

export type Point = { x: number; y: number };
export type Box = Point & { width: number; height: number };

/** Room between the frame of a group and what is in it. */
export const framePadding = 16;
/** Height of a frame's title, which stands above what is in it. */
export const frameHead = 28;

/** The smallest box around boxes; those that are missing are left out. */
export function unionOf(boxes: readonly (Box | undefined)[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const box of boxes) {
    if (!box) continue;
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return left > right
    ? { x: 0, y: 0, width: 0, height: 0 }
    : { x: left, y: top, width: right - left, height: bottom - top };
}

/** The frame around what is in a group. */
export function frameAround(content: Box): Box {
  return {
    x: content.x - framePadding,
    y: content.y - frameHead - framePadding / 2,
    width: content.width + 2 * framePadding,
    height: content.height + frameHead + 1.5 * framePadding,
  };
}

/** Room that an edge takes beside a card before it turns back. */
const turnRoom = 28;
const turnRadius = 12;

/**
 * The way from handle centre to handle centre, as SVG path data: a cubic Bézier, or, to a card further left, between
 * the two rows, so that it does not cross the card that it leads to.
 */
export function edgePath(from: Point, to: Point): string {
  const rise = to.y - from.y;
  if (to.x < from.x && Math.abs(rise) >= 4 * turnRadius) return wayBack(from, to);
  const bend = Math.max((to.x - from.x) / 2, Math.min(0.34 * Math.abs(rise), 56));
  return `M ${from.x},${from.y} C ${from.x + bend},${from.y} ${to.x - bend},${to.y} ${to.x},${to.y}`;
}

/** The middle of a way from handle to handle, whichever of its forms it has. */
export function middleOf(from: Point, to: Point): Point {
  return { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
}

/** The way from the foot of a card to the node that takes its effect back. */
export function undoPath(from: Point, to: Point): string {
  const drop = Math.max(40, Math.abs(to.y - from.y) / 2);
  const bend = Math.max(40, Math.abs(to.x - from.x) / 2);
  return `M ${from.x},${from.y} C ${from.x},${from.y + drop} ${to.x - bend},${to.y} ${to.x},${to.y}`;
}

function wayBack(from: Point, to: Point): string {
  const middle = (from.y + to.y) / 2;
  const [right, left] = [from.x + turnRoom, to.x - turnRoom];
  const r = turnRadius;
  const down = to.y > from.y ? r : -r;
  return [
    `M ${from.x},${from.y} H ${right - r} Q ${right},${from.y} ${right},${from.y + down}`,
    `V ${middle - down} Q ${right},${middle} ${right - r},${middle} H ${left + r}`,
    `Q ${left},${middle} ${left},${middle + down} V ${to.y - down} Q ${left},${to.y} ${left + r},${to.y} H ${to.x}`,
  ].join(' ');
}
