'use client';
import { type ReactFlowState, useStore, useStoreApi } from '@xyflow/react';
import { Ban, CircleCheck } from 'lucide-react';
import { useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { useStore as useZustand } from 'zustand';
import { cardModels, readableConfig } from '#app/_canvas/card-model.ts';
import { definitions } from '#app/_canvas/definitions.ts';
import type { Graph } from '#nodes/core/graph.ts';
import type { Proposals } from '../compile/protocol.ts';
import { withoutEdge } from '../connect/insert.ts';
import { cardUnder } from '../connect/on-screen.ts';
import type { WireEnd } from '../connect/targets.ts';
import { useSession } from '../session/context.ts';
import type { EditorSession } from '../session/session.ts';
import type { Wire, WireGesture } from './wire-gesture.ts';

/** Beside the pointer while a wire is drawn: what goes along, whether it may lead there, and what that would bind. */
export function WireHint({ gesture }: { gesture: WireGesture }) {
  const wire = useZustand(gesture.store);
  if (!wire) return null;
  return wire.by === 'drag' ? <Dragged gesture={gesture} wire={wire} /> : <Tapped wire={wire} />;
}

type Ends = WireEnd & { to: string };
type Verdict = { kind: 'open' } | { kind: 'refused'; why: string } | { kind: 'fits'; ends: Ends };

const pointerOf = ({ connection }: ReactFlowState) => connection.pointer;
const handleOf = ({ connection }: ReactFlowState) => connection.toHandle;

function Dragged({ gesture, wire }: { gesture: WireGesture; wire: Wire }) {
  const session = useSession();
  const flow = useStoreApi();
  const carried = useMemo(() => carriedBy(session, wire), [session, wire]);
  const pointer = useStore(pointerOf);
  const handle = useStore(handleOf);
  const box = useMemo(() => flow.getState().domNode?.getBoundingClientRect(), [flow]);
  const screen = pointer && box ? { x: box.x + pointer.x, y: box.y + pointer.y } : null;
  const under = handle?.nodeId ?? (screen ? cardUnder(screen) : null);
  const outcome = handle?.type === 'source' ? (handle.id ?? null) : null;
  const verdict = useMemo(() => verdictOf(gesture, wire, { under, outcome }), [gesture, wire, under, outcome]);
  useLayoutEffect(() => {
    const { domNode } = flow.getState();
    domNode?.setAttribute('data-wire', verdict.kind);
    return () => domNode?.removeAttribute('data-wire');
  }, [flow, verdict.kind]);
  if (!screen) return null;
  return (
    <div
      className={`sg-hint is-wire is-${verdict.kind}`}
      style={{ left: screen.x + 16, top: screen.y + 20 }}
      role="status"
    >
      <Words verdict={verdict} wire={wire} carried={carried} />
    </div>
  );
}

function Words({ verdict, wire, carried }: { verdict: Verdict; wire: Wire; carried: string }) {
  switch (verdict.kind) {
    case 'refused':
      return (
        <b>
          <Ban size={13} strokeWidth={1.9} aria-hidden="true" />
          <span>{verdict.why}</span>
        </b>
      );
    case 'fits':
      return <Fits key={JSON.stringify(verdict.ends)} ends={verdict.ends} wire={wire} />;
    case 'open':
      return (
        <>
          <b>{carried}</b>
          <i>{openWords(wire)}</i>
        </>
      );
    default: {
      const never: never = verdict;
      throw new Error(`Not a known verdict: ${JSON.stringify(never)}`);
    }
  }
}

function Fits({ ends, wire }: { ends: Ends; wire: Wire }) {
  const session = useSession();
  const [bound, setBound] = useState<{ set: string[]; open: string[] } | null>(null);
  useEffect(() => {
    let left = false;
    const graph = withoutEdge(session.document.store.getState().graph, wire.edgeId);
    session.language.propose(graph, ends).then(
      (proposals) => !left && setBound(boundBy(graph, ends.to, proposals)),
      (error: unknown) => console.warn('What this wire would bind could not be worked out.', error),
    );
    return () => {
      left = true;
    };
  }, [session, ends, wire.edgeId]);
  return (
    <>
      <b>
        <CircleCheck size={13} strokeWidth={1.9} aria-hidden="true" />
        <span>{`${ends.outcome} → ${titleOf(session, ends.to)}`}</span>
      </b>
      {bound && bound.set.length > 0 && <span>{`Sets ${bound.set.join(', ')}`}</span>}
      {bound && bound.open.length > 0 && <i>{`${bound.open.join(', ')} still to be set`}</i>}
    </>
  );
}

/** A finger drew no line: what is asked next stands in words. */
function Tapped({ wire }: { wire: Wire }) {
  const input = wire.fixed.kind === 'target';
  return (
    <p role="status" className="sg-tap-hint">
      {input ? 'Tap what comes before, or empty canvas to add it' : 'Tap what follows, or empty canvas to add it'}
    </p>
  );
}

function verdictOf(
  gesture: WireGesture,
  { fixed }: Wire,
  at: { under: string | null; outcome: string | null },
): Verdict {
  const own = fixed.kind === 'source' ? fixed.from : fixed.to;
  if (at.under === null || at.under === own) return { kind: 'open' };
  const ends = gesture.endsAt(at.under, at.outcome);
  if (!ends) return { kind: 'refused', why: 'This node has no outcome to begin from.' };
  const why = gesture.refusal(ends);
  return why === null ? { kind: 'fits', ends } : { kind: 'refused', why };
}

function openWords({ edgeId, fixed }: Wire): string {
  if (edgeId !== null) return 'Let go over a node; elsewhere it stays as it was';
  return fixed.kind === 'source' ? 'Let go to choose what follows' : 'Let go to choose what comes before';
}

function carriedBy(session: EditorSession, { fixed }: Wire): string {
  const model = cardModels(session.document.store.getState().graph, definitions);
  if (fixed.kind === 'target') return model.get(fixed.to)?.takes ?? '';
  const carried = model.get(fixed.from)?.carries[fixed.outcome];
  return carried === undefined ? fixed.outcome : `${fixed.outcome}: ${carried}`;
}

/** Of the inputs that the target requires and has no value for: those that would be set, and those that stay open. */
function boundBy(graph: Graph, to: string, proposals: Proposals): { set: string[]; open: string[] } {
  const node = graph.nodes.find(({ id }) => id === to);
  const declaration = definitions.get(node?.type ?? '');
  if (!node || !declaration) return { set: [], open: [] };
  const inputs = Object.entries(declaration.inputs(readableConfig(declaration, node.config, node.version)));
  const missing = inputs.filter(([name, { required }]) => required && !Object.hasOwn(node.inputs, name));
  const titles = (set: boolean) =>
    missing.filter(([name]) => Object.hasOwn(proposals, name) === set).map(([, { title }]) => title);
  return { set: titles(true), open: titles(false) };
}

function titleOf(session: EditorSession, nodeId: string): string {
  const node = session.document.store.getState().graph.nodes.find(({ id }) => id === nodeId);
  return node?.title || definitions.get(node?.type ?? '')?.title || nodeId;
}
