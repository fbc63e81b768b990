import type { Point } from './geometry.ts';

export type Box = { x: number; y: number; width: number; height: number };
/** From flow pixels to pixels of the minimap: `at = (flow - origin) * scale`. */
export type MinimapScale = { scale: number; origin: Point };

/** Room around everything, in pixels of the minimap. */
const margin = 5;

/** The scale at which a box fits into the minimap, in its middle. */
export function minimapScale(box: Box, size: { width: number; height: number }): MinimapScale {
  const scale = Math.min((size.width - 2 * margin) / box.width, (size.height - 2 * margin) / box.height);
  return {
    scale,
    origin: {
      x: box.x + box.width / 2 - size.width / 2 / scale,
      y: box.y + box.height / 2 - size.height / 2 / scale,
    },
  };
}

/** The smallest box around both. */
export function around(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

/** The smallest box around all; null: there is nothing. */
export function boundsOf(boxes: readonly Box[]): Box | null {
  const [first] = boxes;
  if (!first) return null;
  let [left, top, right, bottom] = [first.x, first.y, first.x, first.y];
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
