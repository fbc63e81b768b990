'use client';
import { type Edge, type Node, useStoreApi } from '@xyflow/react';
import { type DragEvent, type MouseEvent, useEffect, useMemo } from 'react';
import { definitions } from '#app/_canvas/definitions.ts';
import { groupIdOf, nodeIdOf } from '#app/_canvas/flow-elements.ts';
import { cardWidth } from '#app/_canvas/geometry.ts';
import { insertNode, placeOnEdge } from '../connect/insert.ts';
import { pointOf } from '../connect/on-screen.ts';
import { openPicker } from '../connect/open-picker.ts';
import type { InsertPlace } from '../connect/place.ts';
import type { Position } from '../document/command.ts';
import { draggedType, dragMime, grip, typeDraggedOver } from '../library/drag.ts';
import { select } from '../session/actions.ts';
import { useSession } from '../session/context.ts';
import type { EditorSession } from '../session/session.ts';
import { selectionFor } from './flow-selection.ts';
import { tapHandle } from './handle-taps.ts';
import { createLanding, type Landing } from './landing.ts';
import { isNarrow } from './narrow.ts';
import { useMarquee, useSpacePan, useTrackpad, watchLongPress } from './use-hands.ts';
import { useView } from './use-view.ts';
import type { WireGesture } from './wire-gesture.ts';

type Element = Pick<Node, 'id' | 'selected'>;
type Dragged = Pick<Node, 'id' | 'position'>;

/** Clicks, taps, drags and drops on the canvas. */
export function useCanvasGestures(gesture: WireGesture) {
  const session = useSession();
  const flow = useStoreApi();
  const { screenToFlow } = useView();
  const landing = useMemo(() => createLanding(session), [session]);
  const marquee = useMarquee();
  useTrackpad();
  useSpacePan();
  useEffect(() => {
    const { domNode } = flow.getState();
    return domNode ? watchLongPress(session, domNode) : undefined;
  }, [flow, session]);
  const handlers = useMemo(() => {
    const giveUp = () => {
      gesture.end();
      flow.setState({ connectionClickStartHandle: null });
    };
    return {
      ...marquee,
      ...elementGestures(session),
      ...dragGestures(landing),
      ...libraryDrops(session, landing, screenToFlow),
      onClickCapture: (event: MouseEvent) => tapHandle(event, { session, gesture, toFlow: screenToFlow, giveUp }),
      onDoubleClick(event: MouseEvent) {
        if (!(event.target as globalThis.Element).classList.contains('react-flow__pane')) return;
        const screen = { x: event.clientX, y: event.clientY };
        openPicker(session, { kind: 'free' }, { screen, at: underGrip(screenToFlow(screen)) });
      },
    };
  }, [session, flow, gesture, landing, marquee, screenToFlow]);
  return { handlers, landing };
}

function libraryDrops(session: EditorSession, landing: Landing, toFlow: (screen: Position) => Position) {
  return {
    onDragOver(event: DragEvent) {
      if (!event.dataTransfer.types.includes(dragMime)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      landing.over(typeDraggedOver(event.dataTransfer, definitions.keys()), pointOf(event.nativeEvent));
    },
    onDragLeave(event: DragEvent) {
      if (!event.currentTarget.contains(event.relatedTarget as globalThis.Element | null)) landing.take();
    },
    onDrop(event: DragEvent) {
      const edgeId = landing.take();
      const type = draggedType(event.dataTransfer);
      if (type === null) return;
      event.preventDefault();
      const onEdge = edgeId === null ? null : placeOnEdge(session.document.store.getState().graph, edgeId);
      const place: InsertPlace = onEdge ?? { kind: 'free' };
      void insertNode(session, type, { place, at: underGrip(toFlow(pointOf(event.nativeEvent))) });
      session.view?.focus();
    },
  };
}

/** A node of the canvas that hangs on nothing can be let go over an edge; anything can be let go within a frame. */
function dragGestures(landing: Landing) {
  return {
    onNodeDrag(event: globalThis.MouseEvent | TouchEvent | MouseEvent, { id }: Element, nodes: Dragged[]) {
      if (nodes.length === 1) landing.drag(id, pointOf('nativeEvent' in event ? event.nativeEvent : event));
      landing.carry(Object.fromEntries(nodes.map((node) => [node.id, node.position])));
    },
  };
}

/** Where a card stands that hangs on the pointer by its head. */
function underGrip({ x, y }: Position): Position {
  return { x: x - cardWidth / 2, y: y - grip.y };
}

function elementGestures(session: EditorSession) {
  return {
    onNodeClick(event: MouseEvent, { id }: Element) {
      const more = event.shiftKey || event.ctrlKey || event.metaKey;
      const groupId = groupIdOf(id);
      if (groupId !== null) selectGroup(session, groupId, more);
      // A click on one of many selects it alone; the canvas itself would leave them all.
      else if (!more && isOneOfMany(session)) select(session, selectionFor(id));
      if (isNarrow() && nodeIdOf(id) !== null) session.ui.setState({ sheet: 'inspector' });
    },
    onNodeContextMenu(_event: MouseEvent, { id, selected }: Element) {
      if (!selected) select(session, selectionFor(id));
    },
    onEdgeContextMenu(_event: MouseEvent, { id }: Edge) {
      select(session, { edges: [id] });
    },
    /** The bare canvas has a menu of its own, also while something elsewhere is selected. */
    onPaneContextMenu() {
      select(session, {});
    },
    onNodeDoubleClick(event: MouseEvent, { id }: Element) {
      const onTitle = (event.target as globalThis.Element).closest('.sg-title h3') !== null;
      if (nodeIdOf(id) === null || onTitle) session.ui.setState({ inPlace: id });
      else session.ui.setState({ section: 'configure', sheet: 'inspector' });
    },
  };
}

/** A frame is selected by its title, never by a marquee inside it: so React Flow leaves that to us. */
function selectGroup(session: EditorSession, groupId: string, more: boolean): void {
  const { selection } = session.ui.getState();
  const groups = selection.groups ?? [];
  if (!more) select(session, { groups: [groupId] });
  else if (groups.includes(groupId)) select(session, { ...selection, groups: groups.filter((id) => id !== groupId) });
  else select(session, { ...selection, groups: [...groups, groupId] });
}

function isOneOfMany(session: EditorSession): boolean {
  const { nodes, edges, notes, groups = [] } = session.ui.getState().selection;
  return nodes.length + edges.length + notes.length + groups.length > 1;
}
