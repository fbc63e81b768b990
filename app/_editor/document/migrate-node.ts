import type { Graph } from '#nodes/core/graph.ts';
import type { NodeMigration } from './command.ts';

/** Brings a node to another version of its type. Edges and inputs go only where the migration names them. */
export function migrateNode(draft: Graph, { nodeId, version, config, removeInputs, edges }: NodeMigration): void {
  const at = draft.nodes.findIndex((node) => node.id === nodeId);
  const node = draft.nodes[at];
  if (!node) return;
  const inputs = Object.fromEntries(Object.entries(node.inputs).filter(([name]) => !removeInputs.includes(name)));
  draft.nodes[at] = { ...node, version, config, inputs };
  const named = draft.edges.filter((edge) => edge.from === nodeId && Object.hasOwn(edges, edge.id));
  if (named.length === 0) return;
  draft.edges = draft.edges.flatMap((edge) => {
    if (!named.includes(edge)) return [edge];
    const outcome = edges[edge.id];
    return outcome == null ? [] : [{ ...edge, outcome }];
  });
}
