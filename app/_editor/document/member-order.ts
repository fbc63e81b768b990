import { type Graph, graphSchema } from '#nodes/core/graph.ts';

const order = Object.keys(graphSchema.shape) as (keyof Graph)[];

/**
 * The document with its own members in the order of the schema; the same object where they are. A member that an undo
 * puts back would come last otherwise, and the document would not be the same byte for byte.
 */
export function inOrder(graph: Graph): Graph {
  const names = order.filter((name) => Object.hasOwn(graph, name));
  const present = Object.keys(graph);
  if (names.length === present.length && names.every((name, at) => name === present[at])) return graph;
  return Object.fromEntries(names.map((name) => [name, graph[name]])) as Graph;
}
