import { definitions } from '#app/_canvas/definitions.ts';
import { columnStep } from '#app/_canvas/geometry.ts';
import { undoHandle } from '#nodes/core/compile/undo.ts';
import type { Fix } from '#nodes/core/diagnostics.ts';
import type { Graph, GraphNode } from '#nodes/core/graph.ts';
import type { Command, Position } from './command.ts';
import { newEdge, newNodeId } from './ids.ts';

type PutApproval = Extract<Fix, { kind: 'put-approval' }>;

const type = 'human.approval';

/**
 * An approval in the place of a node, and the node behind it: what led to the node leads to the approval, shows there
 * what the node was to get, and the node gets what was approved. What follows makes room.
 */
export function approvalBefore(graph: Graph, { nodeId, fields }: PutApproval): Command | null {
  const guarded = graph.nodes.find(({ id }) => id === nodeId);
  if (!guarded) return null;
  const id = newNodeId(graph, type);
  const approval: GraphNode = {
    id,
    type,
    version: definitions.get(type)?.version ?? 1,
    config: {
      title: guarded.title || definitions.get(guarded.type)?.title || 'Approve',
      fields: fields.map(({ name, title, type: kind }) => ({ name, title, type: kind })),
    },
    inputs: Object.fromEntries(
      fields.flatMap(({ input, name }) => {
        const binding = guarded.inputs[input];
        return binding ? [[name, binding] as const] : [];
      }),
    ),
    position: guarded.position,
  };
  const edge = newEdge(graph.edges, { from: id, outcome: 'approved', to: nodeId });
  const leading = graph.edges.filter(({ to, outcome }) => to === nodeId && outcome !== undoHandle);
  return {
    kind: 'batch',
    label: 'Put an approval before it',
    commands: [
      { kind: 'insert', fragment: { nodes: [approval], edges: [], notes: [] } },
      ...leading.map((old) => ({ kind: 'reconnect', edgeId: old.id, edge: { ...old, to: id } }) as const),
      {
        kind: 'connect',
        edge,
        bindings: fields.map(({ input, name }) => ({
          nodeId,
          input,
          binding: { kind: 'expr', expr: `nodes.${id}.${name}` },
        })),
      },
      { kind: 'move', nodes: madeRoom(graph, nodeId), notes: {} },
    ],
  };
}

/** The node and all that follows it, one column further on. */
function madeRoom(graph: Graph, nodeId: string): Record<string, Position> {
  const after = new Map<string, string[]>();
  for (const { from, to } of graph.edges) after.set(from, [...(after.get(from) ?? []), to]);
  const moving = new Set([nodeId]);
  for (const id of moving) for (const to of after.get(id) ?? []) moving.add(to);
  return Object.fromEntries(
    graph.nodes
      .filter(({ id }) => moving.has(id))
      .map(({ id, position }) => [id, { x: position.x + columnStep, y: position.y }]),
  );
}
