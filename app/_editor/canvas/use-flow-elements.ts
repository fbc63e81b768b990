'use client';
import { useMemo } from 'react';
import { cardModels } from '#app/_canvas/card-model.ts';
import { definitions } from '#app/_canvas/definitions.ts';
import { type CanvasEdge, type CanvasNode, flowEdges, flowNodes, noteFlowId } from '#app/_canvas/flow-elements.ts';
import type { Position } from '../document/command.ts';
import { useGraph, useUi } from '../session/context.ts';

/** Where things are while they are dragged, by React Flow id; the document learns it when they are let go. */
export type Dragged = Readonly<Record<string, Position>>;
export const nothingDragged: Dragged = {};

/** The document for React Flow, with what is selected and what is being dragged. Unchanged elements keep their identity. */
export function useFlowElements(dragged: Dragged): { nodes: CanvasNode[]; edges: CanvasEdge[] } {
  const graph = useGraph((whole) => whole);
  const selection = useUi((ui) => ui.selection);
  const models = useMemo(() => cardModels(graph, definitions), [graph]);
  const base = useMemo(() => flowNodes(graph, models), [graph, models]);
  const selectedNodes = useMemo(
    () => new Set([...selection.nodes, ...selection.notes.map(noteFlowId)]),
    [selection.nodes, selection.notes],
  );
  const nodes = useMemo(
    () => base.map((node) => withState(node, selectedNodes.has(node.id), dragged[node.id])),
    [base, selectedNodes, dragged],
  );
  const baseEdges = useMemo(() => flowEdges(graph, models), [graph, models]);
  const edges = useMemo(() => {
    const selected = new Set(selection.edges);
    return selected.size === 0
      ? baseEdges
      : baseEdges.map((edge) => (selected.has(edge.id) ? { ...edge, selected: true } : edge));
  }, [baseEdges, selection.edges]);
  return { nodes, edges };
}

const selectedTwins = new WeakMap<CanvasNode, CanvasNode>();

function withState(node: CanvasNode, selected: boolean, position: Position | undefined): CanvasNode {
  if (position) return { ...node, selected, position, dragging: true, draggable: true };
  if (!selected) return node;
  const known = selectedTwins.get(node);
  if (known) return known;
  // A finger drags only what it selected before: see `nodesDraggable` of the canvas.
  const twin = { ...node, selected: true, draggable: true };
  selectedTwins.set(node, twin);
  return twin;
}
