import type { CardModel } from '#app/_canvas/card-model.ts';
import { noteSize } from '#app/_canvas/flow-elements.ts';
import { type Box, cardHeight, cardWidth, unionOf } from '#app/_canvas/geometry.ts';
import type { Graph } from '#nodes/core/graph.ts';
import type { Position, Selection } from '../document/command.ts';

/** Something that is moved as a whole: a card, a note, or a group with all that is in it. */
export type Unit = { box: Box; nodes: string[]; notes: string[] };

/** The boxes of all cards and notes of a graph. */
export function boxesOf(graph: Graph, models: ReadonlyMap<string, CardModel>) {
  const nodes = new Map<string, Box>(
    graph.nodes.map(({ id, position }) => [
      id,
      { ...position, width: cardWidth, height: cardHeight(models.get(id)?.outcomes.length ?? 1) },
    ]),
  );
  const notes = new Map<string, Box>(graph.notes.map((note) => [note.id, { ...note.position, ...noteSize(note) }]));
  return { nodes, notes };
}

/** What is selected, as things to be moved whole. */
export function unitsOf(graph: Graph, selection: Selection, models: ReadonlyMap<string, CardModel>): Unit[] {
  const boxes = boxesOf(graph, models);
  const chosen = new Set(selection.groups);
  const groups = (graph.groups ?? []).filter(({ id }) => chosen.has(id));
  const framed = new Set(groups.flatMap(({ nodes, notes }) => [...nodes.map(nodeKey), ...notes.map(noteKey)]));
  const units: Unit[] = groups.map(({ nodes, notes }) => ({
    box: unionOf([...nodes.map((id) => boxes.nodes.get(id)), ...notes.map((id) => boxes.notes.get(id))]),
    nodes,
    notes,
  }));
  for (const id of selection.nodes) {
    const box = boxes.nodes.get(id);
    if (box && !framed.has(nodeKey(id))) units.push({ box, nodes: [id], notes: [] });
  }
  for (const id of selection.notes) {
    const box = boxes.notes.get(id);
    if (box && !framed.has(noteKey(id))) units.push({ box, nodes: [], notes: [id] });
  }
  return units;
}

/** New positions of everything in the units, each unit shifted by what `shift` says. */
export function shifted(
  graph: Graph,
  units: readonly Unit[],
  shift: (unit: Unit, index: number) => Position,
): { nodes: Record<string, Position>; notes: Record<string, Position> } {
  const nodes = new Map(graph.nodes.map(({ id, position }) => [id, position]));
  const notes = new Map(graph.notes.map(({ id, position }) => [id, position]));
  const moved = { nodes: {} as Record<string, Position>, notes: {} as Record<string, Position> };
  units.forEach((unit, index) => {
    const by = shift(unit, index);
    for (const id of unit.nodes) moved.nodes[id] = plus(nodes.get(id), by);
    for (const id of unit.notes) moved.notes[id] = plus(notes.get(id), by);
  });
  return moved;
}

const nodeKey = (id: string) => `node ${id}`;
const noteKey = (id: string) => `note ${id}`;

function plus(position: Position | undefined, by: Position): Position {
  return { x: (position?.x ?? 0) + by.x, y: (position?.y ?? 0) + by.y };
}
