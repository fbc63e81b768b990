import { definitions } from '#app/_canvas/definitions.ts';
import type { AnyNodeDeclaration, Category, NodeKind } from '#nodes/core/define-node.ts';
import type { Graph, GraphNode } from '#nodes/core/graph.ts';
import { readConfig } from '#nodes/core/node-versions.ts';

/** How a node of a graph is called and looks. */
export type NodeFace = { id: string; type: string; title: string; category: Category; icon: string; kind: NodeKind };

/** The face of a node; one whose type this software does not know looks like a plain box with its id. */
export function faceOf(graph: Graph, nodeId: string): NodeFace {
  const node = graph.nodes.find((each) => each.id === nodeId);
  const declaration = node && definitions.get(node.type);
  return {
    id: nodeId,
    type: node?.type ?? '',
    title: node?.title || declaration?.title || nodeId,
    category: declaration?.category ?? 'flow',
    icon: declaration?.icon ?? 'box',
    kind: declaration?.kind ?? 'task',
  };
}

/** The face of a node of which only the type is known. */
export function faceOfType(type: string): Pick<NodeFace, 'category' | 'icon'> {
  const declaration = definitions.get(type);
  return { category: declaration?.category ?? 'flow', icon: declaration?.icon ?? 'box' };
}

/** The kind by which its time is told: a node that waits for the clock or an event does not work meanwhile. */
export function timelineKind({ type, kind }: NodeFace): NodeKind {
  return type === 'flow.wait' ? 'gate' : kind;
}

/** Whether a node changes something outside the run. Its configuration may decide that. */
export function writes(node: GraphNode): boolean {
  const declaration = definitions.get(node.type);
  if (!declaration) return false;
  const effect = effectOf(declaration, node);
  return effect === 'unsafe-write' || effect === 'idempotent-write';
}

function effectOf(declaration: AnyNodeDeclaration, node: GraphNode) {
  if (typeof declaration.effect !== 'function') return declaration.effect;
  const config = readConfig(declaration, node);
  return config === null ? 'pure' : declaration.effect(config);
}
