import { cardWidth, columnStep, rowStep } from '#app/_canvas/geometry.ts';
import type { Graph } from '#nodes/core/graph.ts';
import type { Position } from '../document/command.ts';
import { snap } from './snap.ts';

/** A free place in the column after `from`, beginning at its row; else the next rows below. */
export function placeAfter(graph: Graph, from: Position): Position {
  return freePlace(graph, { x: from.x + columnStep, y: from.y });
}

/** The first place at or below `wanted` where no card stands. */
export function freePlace(graph: Graph, wanted: Position): Position {
  const place = { x: snap(wanted.x), y: snap(wanted.y) };
  while (graph.nodes.some(({ position }) => overlaps(position, place))) place.y += rowStep;
  return place;
}

function overlaps(a: Position, b: Position): boolean {
  return Math.abs(a.x - b.x) < cardWidth && Math.abs(a.y - b.y) < 116;
}
