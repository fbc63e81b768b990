import { type Edge, type Node, type NodeHandle, Position } from '@xyflow/react';
import { undoHandle } from '#nodes/core/compile/undo.ts';
import type { Graph, GraphEdge, GraphNode } from '#nodes/core/graph.ts';
import type { CardModel } from './card-model.ts';
import { cardHeight, cardWidth, handleSize, handleY, undoX } from './geometry.ts';

export type CardNode = Node<{ model: CardModel }, 'card'>;
export type NoteNode = Node<{ text: string }, 'note'>;
export type CanvasNode = CardNode | NoteNode;
export type CanvasEdge = Edge<{ label: string }, 'flow'>;

/** Notes and nodes share React Flow's ids; node ids never hold a colon. */
const notePrefix = 'note:';
export const noteFlowId = (noteId: string): string => `${notePrefix}${noteId}`;
export const noteIdOf = (flowId: string): string | null =>
  flowId.startsWith(notePrefix) ? flowId.slice(notePrefix.length) : null;
export const inputHandle = 'in';

const rememberedCards = new WeakMap<GraphNode, CardNode>();
const rememberedNotes = new WeakMap<Graph['notes'][number], NoteNode>();
const rememberedEdges = new WeakMap<GraphEdge, CanvasEdge>();

/** The graph's nodes and notes for React Flow; those that did not change are the same objects as last time. */
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
  return [...notes, ...cards];
}

/** The graph's edges for React Flow. Edges whose ends are missing are left out. */
export function flowEdges(graph: Graph, models: ReadonlyMap<string, CardModel>): CanvasEdge[] {
  return graph.edges
    .filter((edge) => models.has(edge.from) && models.has(edge.to))
    .map((edge) => remember(rememberedEdges, edge, (made) => flowEdge(made, models)));
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
    ariaLabel: `${model.title}, ${model.typeTitle}`,
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
  const size = note.size ?? { width: cardWidth, height: noteHeight(note.text) };
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

/** 12/18 text of about 28 characters a line, with 10 px above and below. */
function noteHeight(text: string): number {
  const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 27)), 0);
  return 20 + 18 * Math.max(1, lines);
}

function flowEdge(edge: GraphEdge, models: ReadonlyMap<string, CardModel>): CanvasEdge {
  const [from, to] = [models.get(edge.from)?.title ?? edge.from, models.get(edge.to)?.title ?? edge.to];
  const label = `${from}, ${edge.outcome}, to ${to}`;
  return {
    id: edge.id,
    type: 'flow',
    source: edge.from,
    sourceHandle: edge.outcome,
    target: edge.to,
    targetHandle: inputHandle,
    data: { label },
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
