'use client';
import type { Connection, FinalConnectionState, IsValidConnection, OnConnectStart } from '@xyflow/react';
import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback, useRef } from 'react';
import { definitions } from '#app/_canvas/definitions.ts';
import { type CanvasEdge, noteIdOf } from '#app/_canvas/flow-elements.ts';
import { shapeOf } from '#app/_canvas/graph-shape.ts';
import { sayFailed } from '#app/_ui/toaster.tsx';
import { connectableSources, connectableTargets, mayConnect } from '../connect/targets.ts';
import { connect } from '../session/actions.ts';
import { useSession } from '../session/context.ts';

/** The gesture of drawing a wire: what it may join lights up; let go over a card it joins, over nothing it asks what follows. */
export function useWiring() {
  const session = useSession();
  const { screenToFlowPosition } = useReactFlow();
  const flow = useStoreApi();
  const allowed = useRef<ReadonlySet<string>>(new Set());

  const light = useCallback(
    (from: string | null) => {
      const { domNode } = flow.getState();
      domNode?.toggleAttribute('data-wiring', from !== null);
      for (const node of domNode?.querySelectorAll<HTMLElement>('.react-flow__node') ?? []) {
        const { id } = node.dataset;
        node.toggleAttribute('data-fits', id !== undefined && (allowed.current.has(id) || id === from));
      }
    },
    [flow],
  );

  const onConnectStart: OnConnectStart = useCallback(
    (_event, { nodeId, handleId, handleType }) => {
      if (nodeId === null) return;
      const { graph } = session.document.store.getState();
      const shape = shapeOf(graph, definitions);
      allowed.current =
        handleType === 'source'
          ? connectableTargets(graph, definitions, shape, { from: nodeId, outcome: handleId ?? '' })
          : connectableSources(graph, definitions, shape, nodeId);
      light(nodeId);
    },
    [session, light],
  );

  const isValidConnection: IsValidConnection<CanvasEdge> = useCallback(
    ({ source, sourceHandle, target }) => {
      const { graph } = session.document.store.getState();
      const ends = { from: source, outcome: sourceHandle ?? '', to: target };
      return mayConnect(graph, definitions, shapeOf(graph, definitions), ends);
    },
    [session],
  );

  const onConnect = useCallback(
    ({ source, sourceHandle, target }: Connection) => {
      void connect(session, { from: source, outcome: sourceHandle ?? '', to: target });
    },
    [session],
  );

  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, { isValid, fromHandle }: FinalConnectionState) => {
      light(null);
      if (isValid || fromHandle?.type !== 'source') return;
      const screen = pointOf(event);
      const wire = { from: fromHandle.nodeId, outcome: fromHandle.id ?? '' };
      const under = nodeUnder(screen);
      if (under === wire.from) return;
      if (under === null) {
        const flowPoint = screenToFlowPosition(screen);
        session.ui.setState({ picker: { screen, flow: { x: flowPoint.x, y: flowPoint.y - 62 }, wire } });
        return;
      }
      void connect(session, { ...wire, to: under }).then((joined) => {
        if (!joined) sayFailed('Not connected', whyNot);
      });
    },
    [session, light, screenToFlowPosition],
  );

  const onReconnect = useCallback(
    (edge: CanvasEdge, { source, sourceHandle, target }: Connection) => {
      const fresh = { id: edge.id, from: source, outcome: sourceHandle ?? '', to: target };
      session.document.dispatch({ kind: 'reconnect', edgeId: edge.id, edge: fresh });
    },
    [session],
  );

  return { onConnectStart, onConnectEnd, onConnect, isValidConnection, onReconnect };
}

const whyNot =
  'A wire cannot lead into a trigger, back to what came before, or across the border of a For each. Continue from its outcome "done".';

function pointOf(event: MouseEvent | TouchEvent): { x: number; y: number } {
  const touch = 'changedTouches' in event ? event.changedTouches[0] : event;
  return { x: touch?.clientX ?? 0, y: touch?.clientY ?? 0 };
}

/** The card under a point of the screen; null: empty canvas. */
function nodeUnder({ x, y }: { x: number; y: number }): string | null {
  const node = document.elementFromPoint(x, y)?.closest<HTMLElement>('.react-flow__node');
  const id = node?.dataset.id ?? null;
  return id === null || noteIdOf(id) !== null ? null : id;
}
