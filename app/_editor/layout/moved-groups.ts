import { cardModels } from '#app/_canvas/card-model.ts';
import { definitions } from '#app/_canvas/definitions.ts';
import { groupIdOf, noteFlowId } from '#app/_canvas/flow-elements.ts';
import { type Box, frameAround, unionOf } from '#app/_canvas/geometry.ts';
import type { Graph } from '#nodes/core/graph.ts';
import type { Position } from '../document/command.ts';
import { boxesOf } from './boxes.ts';

type Placed = { frame: Box; members: Record<string, Position> };

const remembered = new WeakMap<Graph, Map<string, Placed>>();

/** Where frames move, what is in them moves: the positions with those of the members added, by React Flow's ids. */
export function withGroupMembers(graph: Graph, positions: Record<string, Position>): Record<string, Position> {
  if (!graph.groups) return positions;
  const moved = { ...positions };
  for (const [flowId, position] of Object.entries(positions)) {
    const groupId = groupIdOf(flowId);
    const group = groupId === null ? undefined : placedGroups(graph).get(groupId);
    if (!group) continue;
    for (const [id, { x, y }] of Object.entries(group.members))
      moved[id] = { x: x + position.x - group.frame.x, y: y + position.y - group.frame.y };
  }
  return moved;
}

/** The frames of a graph, each with where what is in it stands. Read once per document, not per frame of a drag. */
function placedGroups(graph: Graph): Map<string, Placed> {
  const known = remembered.get(graph);
  if (known) return known;
  const boxes = boxesOf(graph, cardModels(graph, definitions));
  const placed = new Map<string, Placed>();
  for (const { id, nodes, notes } of graph.groups ?? []) {
    const members = [
      ...nodes.flatMap((nodeId) => entry(nodeId, boxes.nodes.get(nodeId))),
      ...notes.flatMap((noteId) => entry(noteFlowId(noteId), boxes.notes.get(noteId))),
    ];
    placed.set(id, {
      frame: frameAround(unionOf(members.map(([, box]) => box))),
      members: Object.fromEntries(members.map(([flowId, { x, y }]) => [flowId, { x, y }])),
    });
  }
  remembered.set(graph, placed);
  return placed;
}

function entry(flowId: string, box: Box | undefined): [string, Box][] {
  return box ? [[flowId, box]] : [];
}
