import { cardModels } from '#app/_canvas/card-model.ts';
import { definitions } from '#app/_canvas/definitions.ts';
import { groupIdOf, noteFlowId, noteIdOf } from '#app/_canvas/flow-elements.ts';
import { type Box, cardHeight, cardWidth, frameAround, type Point, unionOf } from '#app/_canvas/geometry.ts';
import type { Graph } from '#nodes/core/graph.ts';
import type { Position } from '../document/command.ts';
import { boxesOf } from './boxes.ts';

type Placed = { frame: Box; members: Record<string, Position> };
type Drawn = { groups: Map<string, Placed>; boxes: ReturnType<typeof boxesOf> };

const remembered = new WeakMap<Graph, Drawn>();

/** Where frames move, what is in them moves: the positions with those of the members added, by React Flow's ids. */
export function withGroupMembers(graph: Graph, positions: Record<string, Position>): Record<string, Position> {
  if (!graph.groups) return positions;
  const moved = { ...positions };
  for (const [flowId, position] of Object.entries(positions)) {
    const groupId = groupIdOf(flowId);
    const group = groupId === null ? undefined : drawnOf(graph).groups.get(groupId);
    if (!group) continue;
    for (const [id, { x, y }] of Object.entries(group.members))
      moved[id] = { x: x + position.x - group.frame.x, y: y + position.y - group.frame.y };
  }
  return moved;
}

/**
 * The group whose frame cards and notes come into when they are let go at these positions (by React Flow's ids): the
 * middle of each lies within it, and not all of them are in it already. Of frames within each other the inmost. Null: none.
 */
export function groupEntered(graph: Graph, positions: Readonly<Record<string, Position>>): string | null {
  const ids = Object.keys(positions);
  if (!graph.groups || ids.length === 0 || ids.some((id) => groupIdOf(id) !== null)) return null;
  const { boxes, groups } = drawnOf(graph);
  const middles = ids.flatMap((id) => {
    const box = boxes.nodes.get(id) ?? boxes.notes.get(noteIdOf(id) ?? '');
    return box ? [middleOf({ ...box, ...positions[id] })] : [];
  });
  const group = inmost(groups, middles);
  return group !== null && ids.some((id) => !Object.hasOwn(groups.get(group)?.members ?? {}, id)) ? group : null;
}

/** The group in whose frame a new card would stand at this position; null: none. */
export function groupAt(graph: Graph, position: Position): string | null {
  if (!graph.groups) return null;
  return inmost(drawnOf(graph).groups, [middleOf({ ...position, width: cardWidth, height: cardHeight(1) })]);
}

function inmost(groups: ReadonlyMap<string, Placed>, points: readonly Point[]): string | null {
  const around = [...groups].filter(([, { frame }]) => points.every((point) => isWithin(frame, point)));
  const [first] = around.sort(([, a], [, b]) => a.frame.width * a.frame.height - b.frame.width * b.frame.height);
  return points.length > 0 && first ? first[0] : null;
}

function middleOf({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

function isWithin({ x, y, width, height }: Box, point: Point): boolean {
  return point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height;
}

/** The frames of a graph, each with where what is in it stands. Read once per document, not per frame of a drag. */
function drawnOf(graph: Graph): Drawn {
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
  const drawn = { groups: placed, boxes };
  remembered.set(graph, drawn);
  return drawn;
}

function entry(flowId: string, box: Box | undefined): [string, Box][] {
  return box ? [[flowId, box]] : [];
}
