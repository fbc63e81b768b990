import { cardWidth, columnStep } from '#app/_canvas/geometry.ts';
import type { Graph, GraphEdge, GraphNode } from '#nodes/core/graph.ts';
import type { Position } from '../document/command.ts';
import { newEdge } from '../document/ids.ts';
import { freePlace } from '../layout/place.ts';
import { snap } from '../layout/snap.ts';

/** The gap between two cards of a row. */
const gap = columnStep - cardWidth;

export type Room = { position: Position; moved: { nodes: Record<string, Position>; notes: Record<string, Position> } };

/**
 * Where a node comes to stand on an edge: in the middle where there is room; else beside the node that the edge comes
 * from, and all that lies further right makes way, so that columns stay columns. `own`: the node itself, where it is
 * in the graph already.
 */
export function roomOnEdge(graph: Graph, edge: Pick<GraphEdge, 'from' | 'to'>, own: string | null = null): Room {
  const others = { ...graph, nodes: graph.nodes.filter(({ id }) => id !== own) };
  const from = others.nodes.find(({ id }) => id === edge.from)?.position ?? { x: 0, y: 0 };
  const to = others.nodes.find(({ id }) => id === edge.to)?.position ?? from;
  const between = to.x - (from.x + cardWidth);
  const backwards = to.x <= from.x;
  if (backwards || between >= cardWidth + gap) {
    const x = backwards ? from.x + columnStep : from.x + cardWidth + (between - cardWidth) / 2;
    const y = backwards ? from.y : (from.y + to.y) / 2;
    return { position: freePlace(others, { x, y }), moved: { nodes: {}, notes: {} } };
  }
  const x = snap(from.x + columnStep);
  const by = snap(x + columnStep - to.x);
  const shifted = (list: readonly { id: string; position: Position }[]) =>
    Object.fromEntries(
      list
        .filter(({ position }) => position.x >= to.x)
        .map(({ id, position }) => [id, { x: position.x + by, y: position.y }]),
    );
  const moved = { nodes: shifted(others.nodes), notes: shifted(others.notes) };
  const after = {
    ...others,
    nodes: others.nodes.map((node) => ({ ...node, position: moved.nodes[node.id] ?? node.position })),
  };
  return { position: freePlace(after, { x, y: to.y }), moved };
}

/** The two edges that take the place of one, with a node between them that is left by `outcome`. */
export function splitEdge(graph: Graph, edge: GraphEdge, by: { id: string; outcome: string }): [GraphEdge, GraphEdge] {
  const others = graph.edges.filter(({ id }) => id !== edge.id);
  const first = newEdge(others, { from: edge.from, outcome: edge.outcome, to: by.id });
  return [first, newEdge([...others, first], { from: by.id, outcome: by.outcome, to: edge.to })];
}

/** The graph with a node put on an edge, as far as the language wants to know it. */
export function withNodeOnEdge(graph: Graph, edge: GraphEdge, node: GraphNode, edges: readonly GraphEdge[]): Graph {
  return {
    ...graph,
    nodes: [...graph.nodes.filter(({ id }) => id !== node.id), node],
    edges: [...graph.edges.filter(({ id }) => id !== edge.id), ...edges],
  };
}
