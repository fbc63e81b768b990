import type { Graph, GraphNode } from '../graph.ts';

/**
 * Nodes that only got another id: one that went and one that came at the same place, of the same type, and no other pair
 * like it. Old id → new id.
 */
export function renamedNodes(before: Graph, after: Graph): Map<string, string> {
  const ids = ({ nodes }: Graph): Set<string> => new Set(nodes.map(({ id }) => id));
  const [then, now] = [ids(before), ids(after)];
  const gone = byLikeness(before.nodes.filter(({ id }) => !now.has(id)));
  const come = byLikeness(after.nodes.filter(({ id }) => !then.has(id)));
  return new Map(
    [...gone].flatMap(([likeness, [was, another]]): [string, string][] => {
      const [is, rival] = come.get(likeness) ?? [];
      return was && is && !another && !rival ? [[was.id, is.id]] : [];
    }),
  );
}

function byLikeness(nodes: readonly GraphNode[]): Map<string, GraphNode[]> {
  return Map.groupBy(nodes, ({ type, position: { x, y } }) => `${type} ${x} ${y}`);
}
