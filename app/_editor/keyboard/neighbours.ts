import type { Graph, GraphNode } from '#nodes/core/graph.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * The node that one comes to from another with the keyboard: right along its first wire, left back along one, up and
 * down to what stands beside it, among those that the same node leads to, else among all. Null: there is none.
 */
export function neighbourOf(graph: Graph, from: string, direction: Direction): string | null {
  const node = graph.nodes.find(({ id }) => id === from);
  if (!node) return null;
  switch (direction) {
    case 'right':
      return nearest(
        node,
        nodesAt(graph, (edge) => (edge.from === from ? edge.to : null)),
      );
    case 'left':
      return nearest(
        node,
        nodesAt(graph, (edge) => (edge.to === from ? edge.from : null)),
      );
    case 'up':
    case 'down': {
      const sign = direction === 'up' ? -1 : 1;
      const beyond = (nodes: GraphNode[]) =>
        nodes.filter(({ id, position }) => id !== from && Math.sign(position.y - node.position.y) === sign);
      return nearest(node, beyond(siblingsOf(graph, from))) ?? nearest(node, beyond(graph.nodes));
    }
    default: {
      const never: never = direction;
      throw new Error(`Not a direction: ${never}`);
    }
  }
}

/** The node before or after another in the order in which one reads: column by column, from the top. */
export function nextInReadingOrder(graph: Graph, from: string | null, step: 1 | -1): string | null {
  const ordered = [...graph.nodes].sort(
    (a, b) => a.position.x - b.position.x || a.position.y - b.position.y || (a.id < b.id ? -1 : 1),
  );
  if (ordered.length === 0) return null;
  const at = ordered.findIndex(({ id }) => id === from);
  const next = at < 0 ? (step === 1 ? 0 : ordered.length - 1) : (at + step + ordered.length) % ordered.length;
  return ordered[next]?.id ?? null;
}

/** Nodes that the same nodes lead to. */
function siblingsOf(graph: Graph, from: string): GraphNode[] {
  const before = new Set(graph.edges.filter((edge) => edge.to === from).map((edge) => edge.from));
  return nodesAt(graph, (edge) => (before.has(edge.from) ? edge.to : null));
}

function nodesAt(graph: Graph, end: (edge: Graph['edges'][number]) => string | null): GraphNode[] {
  const ids = new Set(graph.edges.map(end));
  return graph.nodes.filter(({ id }) => ids.has(id));
}

function nearest({ position }: GraphNode, nodes: readonly GraphNode[]): string | null {
  const distance = (other: GraphNode) => Math.hypot(other.position.x - position.x, 2 * (other.position.y - position.y));
  return (
    nodes.reduce<GraphNode | null>((best, node) => (!best || distance(node) < distance(best) ? node : best), null)
      ?.id ?? null
  );
}
