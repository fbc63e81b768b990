'use client';
import type { Connection, FinalConnectionState, IsValidConnection, OnConnectStart } from '@xyflow/react';
import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback } from 'react';
import { definitions } from '#app/_canvas/definitions.ts';
import { type CanvasEdge, nodeIdOf } from '#app/_canvas/flow-elements.ts';
import { firstRowY } from '#app/_canvas/geometry.ts';
import { sayFailed } from '#app/_ui/toaster.tsx';
import { connectableSources, connectableTargets, mayConnect, wiringOf } from '../connect/targets.ts';
import { connect } from '../session/actions.ts';
import { useSession } from '../session/context.ts';

/** The gesture of drawing a wire: what it may join lights up; let go over a card it joins, over nothing it asks what follows. */
export function useWiring() {
  const session = useSession();
  const light = useLight();
  const onConnectEnd = useWireEnd(light);
  const wiringNow = useCallback(() => wiringOf(session.document.store.getState().graph, definitions), [session]);

  const onConnectStart: OnConnectStart = useCallback(
    (_event, { nodeId, handleId, handleType }) => {
      if (nodeId === null) return;
      const wiring = wiringNow();
      const fitting =
        handleType === 'source'
          ? connectableTargets(wiring, { from: nodeId, outcome: handleId ?? '' })
          : connectableSources(wiring, nodeId);
      light(fitting.add(nodeId));
    },
    [wiringNow, light],
  );
  const isValidConnection: IsValidConnection<CanvasEdge> = useCallback(
    (wire) => mayConnect(wiringNow(), endsOf(wire)),
    [wiringNow],
  );
  const onConnect = useCallback((wire: Connection) => void connect(session, endsOf(wire)), [session]);
  const onReconnect = useCallback(
    ({ id }: CanvasEdge, wire: Connection) =>
      void session.document.dispatch({ kind: 'reconnect', edgeId: id, edge: { id, ...endsOf(wire) } }),
    [session],
  );
  return { onConnectStart, onConnectEnd, onConnect, isValidConnection, onReconnect };
}

function endsOf({
  source,
  sourceHandle,
  target,
}: Pick<Connection, 'source' | 'target'> & { sourceHandle?: string | null }) {
  return { from: source, outcome: sourceHandle ?? '', to: target };
}

/** Marks the cards that a wire may join, straight in the DOM; null: no wire is drawn. */
function useLight(): (fitting: ReadonlySet<string> | null) => void {
  const flow = useStoreApi();
  return useCallback(
    (fitting) => {
      const { domNode } = flow.getState();
      domNode?.toggleAttribute('data-wiring', fitting !== null);
      for (const node of domNode?.querySelectorAll<HTMLElement>('.react-flow__node') ?? [])
        node.toggleAttribute('data-fits', fitting?.has(node.dataset.id ?? '') === true);
    },
    [flow],
  );
}

/** What happens where a wire is let go that did not meet a handle. */
function useWireEnd(light: (fitting: null) => void) {
  const session = useSession();
  const { screenToFlowPosition } = useReactFlow();
  return useCallback(
    (event: MouseEvent | TouchEvent, { isValid, fromHandle }: FinalConnectionState) => {
      light(null);
      if (isValid || fromHandle?.type !== 'source') return;
      const screen = pointOf(event);
      const wire = { from: fromHandle.nodeId, outcome: fromHandle.id ?? '' };
      const under = nodeUnder(screen);
      if (under === wire.from) return;
      if (under === null) {
        const { x, y } = screenToFlowPosition(screen);
        session.ui.setState({ picker: { screen, flow: { x, y: y - firstRowY }, wire } });
        return;
      }
      void connect(session, { ...wire, to: under }).then((joined) => {
        if (!joined) sayFailed('Not connected', whyNot);
      });
    },
    [session, light, screenToFlowPosition],
  );
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
  return id === null ? null : nodeIdOf(id);
}
