import type { Graph } from '#nodes/core/graph.ts';
import { definitions } from '#nodes/index.gen.ts';

/** What the operator calls a node of a graph. */
export function nodeTitle(graph: Graph, id: string): string {
  const node = graph.nodes.find((candidate) => candidate.id === id);
  return node?.title || definitions.get(node?.type ?? '')?.title || id;
}
