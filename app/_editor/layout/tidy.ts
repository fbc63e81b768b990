import dagre from '@dagrejs/dagre';
import type { CardModel } from '#app/_canvas/card-model.ts';
import { cardHeight, cardWidth, columnStep } from '#app/_canvas/geometry.ts';
import type { Graph } from '#nodes/core/graph.ts';
import type { Position } from '../document/command.ts';

const grid = 4;

/** Places the nodes in columns from left to right. Answers the positions; the top left corner of the drawing stays. */
export function tidyPositions(graph: Graph, models: ReadonlyMap<string, CardModel>): Record<string, Position> {
  if (graph.nodes.length === 0) return {};
  const layout = new dagre.graphlib.Graph();
  layout.setGraph({ rankdir: 'LR', ranksep: columnStep - cardWidth, nodesep: 36 });
  layout.setDefaultEdgeLabel(() => ({}));
  // One height for all: so the tops of a row line up, and with them the handles.
  const height = Math.max(...graph.nodes.map(({ id }) => cardHeight(models.get(id)?.outcomes.length ?? 1)));
  for (const { id } of graph.nodes) layout.setNode(id, { width: cardWidth, height });
  for (const edge of graph.edges) if (models.has(edge.from) && models.has(edge.to)) layout.setEdge(edge.from, edge.to);
  dagre.layout(layout);
  const corners = graph.nodes.map(({ id }) => {
    const { x, y } = layout.node(id) as { x: number; y: number };
    return { id, x: x - cardWidth / 2, y: y - height / 2 };
  });
  const shiftX = Math.min(...graph.nodes.map(({ position }) => position.x)) - Math.min(...corners.map(({ x }) => x));
  const shiftY = Math.min(...graph.nodes.map(({ position }) => position.y)) - Math.min(...corners.map(({ y }) => y));
  return Object.fromEntries(corners.map(({ id, x, y }) => [id, { x: snap(x + shiftX), y: snap(y + shiftY) }]));
}

export function snap(value: number): number {
  return Math.round(value / grid) * grid;
}
