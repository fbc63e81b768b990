'use client';
import { useMemo } from 'react';
import { cardModels } from '#app/_canvas/card-model.ts';
import { definitions } from '#app/_canvas/definitions.ts';
import {
  boxOf,
  type CanvasEdge,
  type CanvasNode,
  flowEdges,
  flowNodes,
  type GroupNode,
  groupFlowId,
  noteFlowId,
} from '#app/_canvas/flow-elements.ts';
import { frameAround, unionOf } from '#app/_canvas/geometry.ts';
import type { Position } from '../document/command.ts';
import { useGraph, useUi } from '../session/context.ts';

/** Where things are while they are dragged, by React Flow id; the document learns it when they are let go. */
export type Dragged = Readonly<Record<string, Position>>;
export const nothingDragged: Dragged = {};

/** The document for React Flow, with what is selected, pointed at and being dragged. Unchanged elements keep their identity. */
export function useFlowElements(
  dragged: Dragged,
  pointedEdge: string | null,
): { nodes: CanvasNode[]; edges: CanvasEdge[] } {
  const graph = useGraph((whole) => whole);
  const selection = useUi((ui) => ui.selection);
  const models = useMemo(() => cardModels(graph, definitions), [graph]);
  const base = useMemo(() => flowNodes(graph, models), [graph, models]);
  const selectedNodes = useMemo(
    () =>
      new Set([...selection.nodes, ...selection.notes.map(noteFlowId), ...(selection.groups?.map(groupFlowId) ?? [])]),
    [selection.nodes, selection.notes, selection.groups],
  );
  const frames = useFrames(base, dragged);
  const nodes = useMemo(
    () => base.map((node) => withState(frames.get(node.id) ?? node, selectedNodes.has(node.id), dragged[node.id])),
    [base, selectedNodes, dragged, frames],
  );
  const baseEdges = useMemo(() => flowEdges(graph, models), [graph, models]);
  const edges = useMemo(() => {
    const selected = new Set(selection.edges);
    if (selected.size === 0 && pointedEdge === null) return baseEdges;
    return baseEdges.map((edge) => {
      if (selected.has(edge.id)) return { ...edge, selected: true, reconnectable: true };
      return edge.id === pointedEdge ? { ...edge, reconnectable: true } : edge;
    });
  }, [baseEdges, selection.edges, pointedEdge]);
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

const noFrames: ReadonlyMap<string, CanvasNode> = new Map();

/** Frames follow what is dragged in them: only those that hold some of it are drawn anew. */
function useFrames(base: readonly CanvasNode[], dragged: Dragged): ReadonlyMap<string, CanvasNode> {
  const membership = useMemo(() => membershipOf(base), [base]);
  return useMemo(() => {
    if (membership.groupOf.size === 0 || dragged === nothingDragged) return noFrames;
    const touched = new Set(Object.keys(dragged).flatMap((id) => membership.groupOf.get(id) ?? []));
    const frames = new Map<string, CanvasNode>();
    for (const group of touched) {
      if (dragged[group.id]) continue;
      const members = group.data.members.flatMap((id) => {
        const member = membership.byId.get(id);
        return member ? { ...boxOf(member), ...dragged[id] } : [];
      });
      const { x, y, ...size } = frameAround(unionOf(members));
      frames.set(group.id, { ...group, position: { x, y }, ...size, measured: size });
    }
    return frames;
  }, [membership, dragged]);
}

function membershipOf(base: readonly CanvasNode[]) {
  const groups = base.filter((node): node is GroupNode => node.type === 'group');
  const groupOf = new Map(groups.flatMap((group) => group.data.members.map((id) => [id, group] as const)));
  const byId = groups.length === 0 ? new Map<string, CanvasNode>() : new Map(base.map((node) => [node.id, node]));
  return { groupOf, byId };
}
