import type { Graph } from '#nodes/core/graph.ts';
import { definitions } from '#nodes/index.gen.ts';

/** What the operator calls a node of a graph. */
export function nodeTitle(graph: Graph, id: string): string {
  const node = graph.nodes.find((candidate) => candidate.id === id);
  return node ? titleOfNode(node, id) : id;
}

/** What the operator calls a node: by its own title, or by that of its type. */
export function titleOfNode(node: { title?: string | undefined; type: string }, id: string): string {
  return node.title || definitions.get(node.type)?.title || id;
}
