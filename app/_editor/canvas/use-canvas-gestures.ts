'use client';
import type { Edge, Node } from '@xyflow/react';
import { type DragEvent, type MouseEvent, useMemo } from 'react';
import { groupIdOf, nodeIdOf, noteIdOf } from '#app/_canvas/flow-elements.ts';
import { cardWidth } from '#app/_canvas/geometry.ts';
import type { Selection } from '../document/command.ts';
import { draggedType, dragMime } from '../library/drag.ts';
import { addNode, addNote, select } from '../session/actions.ts';
import { useSession } from '../session/context.ts';
import type { EditorSession } from '../session/session.ts';
import { isNarrow } from './narrow.ts';
import { useView } from './use-view.ts';

type Element = Pick<Node, 'id' | 'selected'>;

/** Clicks, double clicks and drops on the canvas. */
export function useCanvasGestures() {
  const session = useSession();
  const { screenToFlow } = useView();
  return useMemo(
    () => ({
      ...elementGestures(session),
      onDragOver(event: DragEvent) {
        if (!event.dataTransfer.types.includes(dragMime)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      },
      onDrop(event: DragEvent) {
        const type = draggedType(event.dataTransfer);
        if (type === null) return;
        event.preventDefault();
        const { x, y } = screenToFlow({ x: event.clientX, y: event.clientY });
        void addNode(session, type, { at: { x: x - cardWidth / 2, y: y - 24 } });
        session.view?.focus();
      },
      onDoubleClick(event: MouseEvent) {
        if ((event.target as globalThis.Element).classList.contains('react-flow__pane'))
          addNote(session, screenToFlow({ x: event.clientX, y: event.clientY }));
      },
    }),
    [session, screenToFlow],
  );
}

function elementGestures(session: EditorSession) {
  return {
    onNodeClick(_event: MouseEvent, { id }: Element) {
      if (isNarrow() && nodeIdOf(id) !== null) session.ui.setState({ sheet: 'inspector' });
    },
    onNodeContextMenu(_event: MouseEvent, { id, selected }: Element) {
      if (!selected) select(session, selectionFor(id));
    },
    onEdgeContextMenu(_event: MouseEvent, { id }: Edge) {
      select(session, { edges: [id] });
    },
    onNodeDoubleClick(event: MouseEvent, { id }: Element) {
      const onTitle = (event.target as globalThis.Element).closest('.sg-title h3') !== null;
      if (nodeIdOf(id) === null || onTitle) session.ui.setState({ inPlace: id });
      else session.ui.setState({ section: 'configure', sheet: 'inspector' });
    },
  };
}

function selectionFor(flowId: string): Partial<Selection> {
  const [noteId, groupId] = [noteIdOf(flowId), groupIdOf(flowId)];
  if (noteId !== null) return { notes: [noteId] };
  return groupId === null ? { nodes: [flowId] } : { groups: [groupId] };
}
