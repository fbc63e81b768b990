'use client';
import type { EdgeChange, NodeChange } from '@xyflow/react';
import { useCallback, useState } from 'react';
import { type CanvasEdge, type CanvasNode, groupIdOf, nodeIdOf, noteIdOf } from '#app/_canvas/flow-elements.ts';
import type { Graph } from '#nodes/core/graph.ts';
import type { Command, Position, Selection } from '../document/command.ts';
import { groupEntered, withGroupMembers } from '../layout/moved-groups.ts';
import { useSession } from '../session/context.ts';
import { type Dragged, nothingDragged } from './use-flow-elements.ts';

/**
 * Turns what React Flow reports into selection and, when a drag ends, into one edit of the document. `land`: takes what
 * was let go itself and answers when that is done; null: it is only moved.
 */
export function useNodeChanges(land: (placed: Record<string, Position>) => Promise<void> | null) {
  const session = useSession();
  const [dragged, setDragged] = useState<Dragged>(nothingDragged);

  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      const moving: Record<string, Position> = {};
      const placed: Record<string, Position> = {};
      for (const change of changes)
        if (change.type === 'position' && change.position)
          (change.dragging ? moving : placed)[change.id] = change.position;
      const { graph } = session.document.store.getState();
      if (Object.keys(moving).length > 0) setDragged((before) => ({ ...before, ...withGroupMembers(graph, moving) }));
      if (Object.keys(placed).length > 0) {
        const landed = land(placed);
        if (!landed) session.document.dispatch(moveOf(graph, placed));
        if (landed) void landed.finally(() => setDragged(nothingDragged));
        else setDragged(nothingDragged);
      }
      const selects = changes.filter((change) => change.type === 'select');
      if (selects.length > 0)
        session.ui.setState(({ selection }) => ({
          selection: {
            ...selection,
            nodes: toggled(selection.nodes, changesOf(selects, nodeIdOf)),
            notes: toggled(selection.notes, changesOf(selects, noteIdOf)),
            groups: toggled(selection.groups ?? [], changesOf(selects, groupIdOf)),
          },
        }));
    },
    [session, land],
  );

  const onEdgesChange = useCallback(
    (changes: EdgeChange<CanvasEdge>[]) => {
      const selects = changes.filter((change) => change.type === 'select');
      if (selects.length > 0)
        session.ui.setState(({ selection }) => ({
          selection: { ...selection, edges: toggled(selection.edges, selects) },
        }));
    },
    [session],
  );

  return { dragged, onNodesChange, onEdgesChange };
}

/** What is let go within a frame that it was not in belongs to that group from then on. */
function moveOf(graph: Graph, placed: Record<string, Position>): Command {
  const into = groupEntered(graph, placed);
  return { kind: 'move', ...byKind(withGroupMembers(graph, placed)), ...(into === null ? {} : { into }) };
}

type Select = { id: string; selected: boolean };

/** The changes of one kind of element, by the document's ids. */
function changesOf(changes: Select[], idOf: (flowId: string) => string | null): Select[] {
  return changes.flatMap(({ id, selected }) => {
    const own = idOf(id);
    return own === null ? [] : [{ id: own, selected }];
  });
}

function toggled(ids: string[], changes: { id: string; selected: boolean }[]): string[] {
  const after = new Set(ids);
  for (const { id, selected } of changes) {
    if (selected) after.add(id);
    else after.delete(id);
  }
  return after.size === ids.length && ids.every((id) => after.has(id)) ? ids : [...after];
}

function byKind(positions: Record<string, Position>): {
  nodes: Record<string, Position>;
  notes: Record<string, Position>;
} {
  const nodes: Record<string, Position> = {};
  const notes: Record<string, Position> = {};
  for (const [id, position] of Object.entries(positions)) {
    const noteId = noteIdOf(id);
    if (noteId !== null) notes[noteId] = position;
    else if (nodeIdOf(id) !== null) nodes[id] = position;
  }
  return { nodes, notes };
}

export type { Selection };
