import type { Box, Point } from '#app/_canvas/geometry.ts';

/** Boxes that are taken, by the cells of a coarse grid: asking costs as much as there is nearby, not as there is at all. */
export type Room = {
  take(box: Box): void;
  /** The first place at or below the box where it touches nothing. */
  freeAt(box: Box): Point;
};

const cellPx = 256;

/** Creates the room around what stands there; `gap` is kept free around everything. */
export function createRoom(standing: readonly Box[], gap: number): Room {
  const cells = new Map<string, Box[]>();
  const take = (box: Box) => {
    for (const key of cellsOf(box)) cells.set(key, [...(cells.get(key) ?? []), box]);
  };
  for (const box of standing) take(box);
  const obstacle = (box: Box) => {
    const wide = { x: box.x - gap, y: box.y - gap, width: box.width + 2 * gap, height: box.height + 2 * gap };
    for (const key of cellsOf(wide)) for (const other of cells.get(key) ?? []) if (overlap(wide, other)) return other;
    return null;
  };
  return {
    take,
    freeAt(box) {
      let { y } = box;
      for (let hit = obstacle(box); hit !== null; hit = obstacle({ ...box, y }))
        y = Math.ceil((hit.y + hit.height + gap) / 4) * 4;
      return { x: box.x, y };
    },
  };
}

function cellsOf({ x, y, width, height }: Box): string[] {
  const keys: string[] = [];
  for (let column = Math.floor(x / cellPx); column <= Math.floor((x + width) / cellPx); column++)
    for (let row = Math.floor(y / cellPx); row <= Math.floor((y + height) / cellPx); row++)
      keys.push(`${column} ${row}`);
  return keys;
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
