import type { Graph, GraphNode } from '#nodes/core/graph.ts';
import type { Command } from './command.ts';
import { freeId, idFromTitle, newNodeId } from './ids.ts';

/**
 * What giving a node another title does. As long as its id follows from its type or its title, nobody chose it: then
 * the id follows the new title, and all references with it, as one edit. A chosen id stays. Null: nothing changes.
 */
export function renaming(graph: Graph, nodeId: string, title: string, keepId: boolean): Command | null {
  const node = graph.nodes.find(({ id }) => id === nodeId);
  if (!node || (node.title ?? '') === title) return null;
  const to = keepId || !followsTitle(node) ? nodeId : idFor(graph, node, title);
  return to === nodeId ? { kind: 'set-title', nodeId, title } : { kind: 'rename-node', from: nodeId, to, title };
}

/** Whether the id is one that was made from the type or from the title the node has, a number after it or not. */
export function followsTitle(node: GraphNode): boolean {
  const empty = { nodes: [] as GraphNode[] } as Graph;
  const bases = [newNodeId(empty, node.type), idFromTitle(node.title ?? '')];
  return bases.some((base) => base !== null && new RegExp(`^${base}\\d*$`).test(node.id));
}

function idFor(graph: Graph, node: GraphNode, title: string): string {
  const others = graph.nodes.filter(({ id }) => id !== node.id);
  const base = idFromTitle(title);
  if (base === null) return title === '' ? newNodeId({ ...graph, nodes: others }, node.type) : node.id;
  return freeId(base, new Set(others.map(({ id }) => id)));
}
