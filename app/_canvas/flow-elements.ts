import { type Edge, type Node, type NodeHandle, Position } from '@xyflow/react';
import { undoHandle } from '#nodes/core/compile/undo.ts';
import type { Graph, GraphEdge, GraphGroup, GraphNode } from '#nodes/core/graph.ts';
import type { CardModel } from './card-model.ts';
import { type Box, cardHeight, cardWidth, frameAround, handleSize, handleY, undoX, unionOf } from './geometry.ts';

export type CardNode = Node<{ model: CardModel }, 'card'>;
export type NoteNode = Node<{ text: string }, 'note'>;
/** The frame of a group. `members`: what is in it, by React Flow's ids. */
export type GroupNode = Node<{ title: string; members: readonly string[] }, 'group'>;
export type CanvasNode = CardNode | NoteNode | GroupNode;
export type CanvasEdge = Edge<{ label: string; off: boolean }, 'flow'>;

/** Nodes, notes and groups share React Flow's ids; node ids never hold a colon. */
const notePrefix = 'note:';
const groupPrefix = 'group:';
export const noteFlowId = (noteId: string): string => `${notePrefix}${noteId}`;
export const groupFlowId = (groupId: string): string => `${groupPrefix}${groupId}`;
export const noteIdOf = (flowId: string): string | null =>
  flowId.startsWith(notePrefix) ? flowId.slice(notePrefix.length) : null;
export const groupIdOf = (flowId: string): string | null =>
  flowId.startsWith(groupPrefix) ? flowId.slice(groupPrefix.length) : null;
/** The node's id; null for a note or a group. */
export const nodeIdOf = (flowId: string): string | null => (flowId.includes(':') ? null : flowId);
export const inputHandle = 'in';

const rememberedCards = new WeakMap<GraphNode, CardNode>();
const rememberedNotes = new WeakMap<Graph['notes'][number], NoteNode>();
const rememberedGroups = new WeakMap<GraphGroup, { members: CanvasNode[]; node: GroupNode }>();
type KnownEdge = { from: CardModel; to: CardModel; edge: CanvasEdge };
const rememberedEdges = new WeakMap<GraphEdge, KnownEdge>();

/** The graph's groups, notes and nodes for React Flow; those that did not change are the same objects as last time. */
export function flowNodes(graph: Graph, models: ReadonlyMap<string, CardModel>): CanvasNode[] {
  const notes = graph.notes.map((note) => remember(rememberedNotes, note, noteNode));
  const cards = graph.nodes.map((node) => {
    const model = models.get(node.id) as CardModel;
    const known = rememberedCards.get(node);
    if (known?.data.model === model) return known;
    const made = cardNode(node, model);
    rememberedCards.set(node, made);
    return made;
  });
  return graph.groups ? [...groupNodes(graph.groups, [...notes, ...cards]), ...notes, ...cards] : [...notes, ...cards];
}

function groupNodes(groups: readonly GraphGroup[], placed: readonly CanvasNode[]): GroupNode[] {
  const byId = new Map(placed.map((node) => [node.id, node]));
  return groups.map((group) => {
    const ids = [...group.nodes, ...group.notes.map(noteFlowId)];
    const members = ids.flatMap((id) => byId.get(id) ?? []);
    const known = rememberedGroups.get(group);
    if (known?.members.length === members.length && members.every((member, at) => member === known.members[at]))
      return known.node;
    const node = groupNode(group, members);
    rememberedGroups.set(group, { members, node });
    return node;
  });
}

/** Behind everything else; the frame takes no pointer, its title does. */
function groupNode({ id, title }: GraphGroup, members: readonly CanvasNode[]): GroupNode {
  const { x, y, ...size } = frameAround(unionOf(members.map(boxOf)));
  return {
    id: groupFlowId(id),
    type: 'group',
    position: { x, y },
    data: { title, members: members.map((member) => member.id) },
    ...size,
    measured: size,
    zIndex: -1,
    connectable: false,
    selectable: false,
    style: { pointerEvents: 'none' },
    dragHandle: '.sg-group-title',
    ariaLabel: `Group ${title || 'without a title'}, ${members.length} inside`,
  };
}

/** The box that an element takes on the canvas. */
export function boxOf({ position, measured }: CanvasNode): Box {
  return { ...position, width: measured?.width ?? 0, height: measured?.height ?? 0 };
}

/** The graph's edges for React Flow. Edges whose ends are missing are left out. */
export function flowEdges(graph: Graph, models: ReadonlyMap<string, CardModel>): CanvasEdge[] {
  return graph.edges.flatMap((edge) => {
    const [from, to] = [models.get(edge.from), models.get(edge.to)];
    if (!from || !to) return [];
    const known = rememberedEdges.get(edge);
    if (known?.from === from && known.to === to) return known.edge;
    const made = flowEdge(edge, from, to);
    // A card that only changed in what its edges do not say leaves them as they are.
    const same = known?.edge.data?.label === made.data?.label && known?.edge.data?.off === made.data?.off;
    const kept = known && same ? known.edge : made;
    rememberedEdges.set(edge, { from, to, edge: kept });
    return kept;
  });
}

function cardNode(node: GraphNode, model: CardModel): CardNode {
  const handles: NodeHandle[] = model.outcomes.map((outcome, row) => ({
    id: outcome,
    type: 'source',
    position: Position.Right,
    ...handleBox(cardWidth - handleSize, row),
  }));
  if (model.undoable) handles.push(undoBox(cardHeight(model.outcomes.length)));
  if (model.hasInput) handles.push({ id: inputHandle, type: 'target', position: Position.Left, ...handleBox(0, 0) });
  return {
    id: node.id,
    type: 'card',
    position: node.position,
    data: { model },
    measured: { width: cardWidth, height: cardHeight(model.outcomes.length) },
    handles,
    ariaRole: 'group',
    ariaLabel: `${model.title}, ${model.typeTitle}${model.disabled ? ', disabled' : ''}`,
  };
}

/** Given rather than measured: edges stand at once, and their ends lie on the card's border exactly. */
function handleBox(x: number, row: number) {
  return { x, y: handleY(row) - handleSize / 2, width: handleSize, height: handleSize };
}

/** At the foot of the card: it is not gone along in the normal course. */
function undoBox(height: number): NodeHandle {
  const [x, y] = [undoX - handleSize / 2, height - handleSize / 2];
  return { id: undoHandle, type: 'source', position: Position.Bottom, x, y, width: handleSize, height: handleSize };
}

function noteNode(note: Graph['notes'][number]): NoteNode {
  const size = noteSize(note);
  return {
    id: noteFlowId(note.id),
    type: 'note',
    position: note.position,
    data: { text: note.text },
    ...size,
    measured: size,
    ariaLabel: `Note: ${note.text.slice(0, 80)}`,
  };
}

/** The size that was given to a note, else what its text takes. */
export function noteSize({ size, text }: Graph['notes'][number]): { width: number; height: number } {
  return size ?? { width: cardWidth, height: noteHeight(text) };
}

/** 12/18 text of about 28 characters a line, with 10 px above and below. */
function noteHeight(text: string): number {
  const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 27)), 0);
  return 20 + 18 * Math.max(1, lines);
}

function flowEdge(edge: GraphEdge, from: CardModel, to: CardModel): CanvasEdge {
  const label = `${from.title}, ${edge.outcome}, to ${to.title}`;
  return {
    id: edge.id,
    type: 'flow',
    // Its ends can be taken where the pointer is on it or it is selected: two more elements on each edge are thousands.
    reconnectable: false,
    source: edge.from,
    sourceHandle: edge.outcome,
    target: edge.to,
    targetHandle: inputHandle,
    data: { label, off: from.disabled || to.disabled },
    ariaLabel: label,
  };
}

function remember<Key extends object, Value>(known: WeakMap<Key, Value>, key: Key, make: (key: Key) => Value): Value {
  const present = known.get(key);
  if (present) return present;
  const made = make(key);
  known.set(key, made);
  return made;
}
