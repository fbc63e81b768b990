import type { Position } from '../document/command.ts';
import type { Unit } from './boxes.ts';

export const alignments = {
  left: 'Align left',
  centre: 'Align centre',
  right: 'Align right',
  top: 'Align top',
  middle: 'Align middle',
  bottom: 'Align bottom',
  horizontally: 'Distribute horizontally',
  vertically: 'Distribute vertically',
} as const;
export type Alignment = keyof typeof alignments;

/** How far each unit moves, in the order of the units. */
export function alignShifts(units: readonly Unit[], how: Alignment): Position[] {
  const boxes = units.map(({ box }) => box);
  const left = Math.min(...boxes.map(({ x }) => x));
  const top = Math.min(...boxes.map(({ y }) => y));
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  switch (how) {
    case 'left':
      return boxes.map(({ x }) => ({ x: left - x, y: 0 }));
    case 'centre':
      return boxes.map(({ x, width }) => ({ x: (left + right - width) / 2 - x, y: 0 }));
    case 'right':
      return boxes.map(({ x, width }) => ({ x: right - width - x, y: 0 }));
    case 'top':
      return boxes.map(({ y }) => ({ x: 0, y: top - y }));
    case 'middle':
      return boxes.map(({ y, height }) => ({ x: 0, y: (top + bottom - height) / 2 - y }));
    case 'bottom':
      return boxes.map(({ y, height }) => ({ x: 0, y: bottom - height - y }));
    case 'horizontally':
      return spread(boxes.map(({ x, width }) => ({ start: x, size: width }))).map((by) => ({ x: by, y: 0 }));
    case 'vertically':
      return spread(boxes.map(({ y, height }) => ({ start: y, size: height }))).map((by) => ({ x: 0, y: by }));
    default: {
      const never: never = how;
      throw new Error(`Not a known alignment: ${never}`);
    }
  }
}

/** How many things an alignment needs: two ends, and for a distribution something between them. */
export function neededFor(how: Alignment): number {
  return how === 'horizontally' || how === 'vertically' ? 3 : 2;
}

/** Equal gaps between the first and the last, which stay where they are. */
function spread(spans: { start: number; size: number }[]): number[] {
  const order = spans.map((_, index) => index).sort((a, b) => middle(spans[a]) - middle(spans[b]) || a - b);
  const [first, last] = [spans[order[0] ?? 0], spans[order.at(-1) ?? 0]];
  if (!first || !last) return [];
  const room = last.start + last.size - first.start - spans.reduce((sum, { size }) => sum + size, 0);
  const gap = room / Math.max(1, spans.length - 1);
  const shifts = spans.map(() => 0);
  let at = first.start;
  for (const index of order) {
    const span = spans[index] as { start: number; size: number };
    shifts[index] = at - span.start;
    at += span.size + gap;
  }
  return shifts;
}

function middle(span: { start: number; size: number } | undefined): number {
  return span ? span.start + span.size / 2 : 0;
}
