'use client';
import type {
  Connection,
  FinalConnectionState,
  IsValidConnection,
  OnConnectStart,
  OnConnectStartParams,
} from '@xyflow/react';
import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import { type CanvasEdge, inputHandle } from '#app/_canvas/flow-elements.ts';
import { cardWidth, firstRowY } from '#app/_canvas/geometry.ts';
import { sayFailed } from '#app/_ui/toaster.tsx';
import { reconnect } from '../connect/insert.ts';
import { cardUnder, pointOf } from '../connect/on-screen.ts';
import { openPicker } from '../connect/open-picker.ts';
import type { WireEnd } from '../connect/targets.ts';
import type { Position } from '../document/command.ts';
import { connect } from '../session/actions.ts';
import { useSession } from '../session/context.ts';
import type { EditorSession } from '../session/session.ts';
import { useEscape } from './use-escape.ts';
import { createWireGesture, type Wire, type WireGesture } from './wire-gesture.ts';

/** The gesture of drawing a wire: what it may join lights up; let go over a card it joins, over nothing it asks what follows. */
export function useWiring() {
  const session = useSession();
  const flow = useStoreApi();
  const { screenToFlowPosition } = useReactFlow();
  const gesture = useMemo(() => createWireGesture(session), [session]);
  useLight(gesture);
  useEscape(
    () => gesture.store.getState() !== null,
    () => {
      gesture.end();
      flow.getState().cancelConnection();
      flow.setState({ connectionClickStartHandle: null });
    },
  );
  const handlers = useMemo(
    () => wireHandlers(session, gesture, screenToFlowPosition),
    [session, gesture, screenToFlowPosition],
  );
  return { gesture, handlers };
}

function wireHandlers(session: EditorSession, gesture: WireGesture, toFlow: (screen: Position) => Position) {
  const onConnectStart: OnConnectStart = (_event, params) => {
    const wire = wireFrom(params, 'drag');
    if (wire) gesture.begin(wire);
  };
  const isValidConnection: IsValidConnection<CanvasEdge> = (wire) => gesture.refusal(endsOf(wire)) === null;
  return {
    onConnectStart,
    isValidConnection,
    onConnect: (wire: Connection) => {
      if (gesture.store.getState()) join(session, gesture, endsOf(wire));
    },
    onConnectEnd: (event: MouseEvent | TouchEvent, { isValid, fromHandle, toHandle }: FinalConnectionState) => {
      const wire = gesture.store.getState();
      // Where a handle was met the wire is joined already; where there is none left in hand it was given up.
      if (!wire || !fromHandle || isValid) return gesture.end();
      const screen = pointOf(event);
      const under = toHandle?.nodeId ?? cardUnder(screen);
      if (under !== null) dropOnCard(session, gesture, { under, outcome: outcomeAt(toHandle) });
      else if (wire.edgeId === null) askWhatGoesThere(session, wire, { screen, flow: toFlow(screen) });
      gesture.end();
    },
    onReconnectStart: (_event: unknown, { id }: CanvasEdge) => gesture.take(id),
    onReconnect: (_edge: CanvasEdge, wire: Connection) => {
      if (gesture.store.getState()) join(session, gesture, endsOf(wire));
    },
    onClickConnectStart: (_event: unknown, params: OnConnectStartParams) => {
      const wire = wireFrom(params, 'tap');
      if (wire) gesture.begin(wire);
    },
    onClickConnectEnd: () => gesture.end(),
  };
}

/** What is dropped on a card joins it, wherever on the card; on the card that it comes from it is given up. */
export function dropOnCard(
  session: EditorSession,
  gesture: WireGesture,
  { under, outcome }: { under: string; outcome: string | null },
): void {
  const ends = gesture.endsAt(under, outcome);
  const fixed = gesture.store.getState()?.fixed;
  const own = fixed?.kind === 'source' ? fixed.from : fixed?.to;
  if (ends && under !== own) join(session, gesture, ends);
}

/** Joins both ends, or says why that is not possible. */
function join(session: EditorSession, gesture: WireGesture, ends: WireEnd & { to: string }): void {
  const why = gesture.refusal(ends);
  const edgeId = gesture.taken();
  if (why !== null) sayFailed('Not connected', why);
  else void (edgeId === null ? connect(session, ends) : reconnect(session, edgeId, ends));
}

/** Asks which node the wire was drawn for; it comes to stand with its handle where the wire was let go. */
export function askWhatGoesThere(
  session: EditorSession,
  { fixed }: Wire,
  { screen, flow }: { screen: Position; flow: Position },
): void {
  const y = flow.y - firstRowY;
  if (fixed.kind === 'source') {
    const wire = { from: fixed.from, outcome: fixed.outcome };
    openPicker(session, { kind: 'after', wire }, { screen, at: { x: flow.x, y } });
  } else openPicker(session, { kind: 'before', to: fixed.to }, { screen, at: { x: flow.x - cardWidth, y } });
}

function wireFrom({ nodeId, handleId, handleType }: OnConnectStartParams, by: Wire['by']): Wire | null {
  if (nodeId === null) return null;
  const fixed: Wire['fixed'] =
    handleType === 'target'
      ? { kind: 'target', to: nodeId }
      : { kind: 'source', from: nodeId, outcome: handleId ?? '' };
  return { fixed, by, edgeId: null };
}

function outcomeAt(handle: FinalConnectionState['toHandle']): string | null {
  return handle?.type === 'source' && handle.id !== inputHandle ? (handle.id ?? null) : null;
}

function endsOf({
  source,
  sourceHandle,
  target,
}: Pick<Connection, 'source' | 'target'> & { sourceHandle?: string | null }) {
  return { from: source, outcome: sourceHandle ?? '', to: target };
}

/** Marks the cards that the wire in hand may join, straight in the DOM; also those that come into view meanwhile. */
function useLight(gesture: WireGesture): void {
  const flow = useStoreApi();
  useEffect(() => {
    let fitting: ReadonlySet<string> | null = null;
    const light = () => {
      for (const node of flow.getState().domNode?.querySelectorAll<HTMLElement>('.react-flow__node') ?? [])
        node.toggleAttribute('data-fits', fitting?.has(node.dataset.id ?? '') === true);
    };
    const forgetFlow = flow.subscribe((state, before) => {
      if (fitting && state.transform !== before.transform) requestAnimationFrame(light);
    });
    const forgetWire = gesture.store.subscribe((wire) => {
      const { domNode } = flow.getState();
      fitting = wire && gesture.fitting();
      if (wire) domNode?.setAttribute('data-wiring', wire.fixed.kind);
      else domNode?.removeAttribute('data-wiring');
      light();
    });
    return () => {
      forgetFlow();
      forgetWire();
    };
  }, [flow, gesture]);
}
