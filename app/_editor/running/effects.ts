import { definitions } from '#app/_canvas/definitions.ts';
import type { Graph, GraphNode } from '#nodes/core/graph.ts';
import { readConfig } from '#nodes/core/node-versions.ts';

/** Ids of the nodes of a graph whose effect cannot be taken back. */
export function unsafeWrites(graph: Graph): string[] {
  return graph.nodes.filter((node) => !node.disabled && isUnsafe(node)).map(({ id }) => id);
}

function isUnsafe(node: GraphNode): boolean {
  const declaration = definitions.get(node.type);
  if (!declaration) return false;
  if (typeof declaration.effect !== 'function') return declaration.effect === 'unsafe-write';
  const config = readConfig(declaration, node);
  return config !== null && declaration.effect(config) === 'unsafe-write';
}
