'use client';
import { useStoreApi, ViewportPortal } from '@xyflow/react';
import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { placeOnEdge } from '../connect/insert.ts';
import { openPickerOnEdge } from '../connect/open-picker.ts';
import { select } from '../session/actions.ts';
import { useSession } from '../session/context.ts';

type At = { edgeId: string; x: number; y: number };

/** The pointer may leave the edge for the sign for so long. */
const graceMs = 160;

/** A plus in the middle of the edge that the pointer is on: one for the whole canvas. The keyboard has Tab for it. */
export function EdgePlus() {
  const session = useSession();
  const flow = useStoreApi();
  const [at, setAt] = useState<At | null>(null);
  useEffect(() => {
    const { domNode } = flow.getState();
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hideSoon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setAt(null), graceMs);
    };
    const onOver = (event: PointerEvent) => {
      if (!(event.target instanceof Element) || event.pointerType === 'touch' || event.buttons !== 0) return;
      const edge = event.target.closest('.react-flow__edge');
      if (!edge && !event.target.closest('.sg-edge-plus')) return hideSoon();
      clearTimeout(timer);
      if (edge) setAt((before) => placeOf(edge, before));
    };
    const options = { signal: ended.signal };
    domNode?.addEventListener('pointerover', onOver, options);
    domNode?.addEventListener('pointerleave', hideSoon, options);
    const forget = session.document.store.subscribe(() => setAt(null));
    return () => {
      clearTimeout(timer);
      forget();
      ended.abort();
    };
  }, [flow, session]);
  if (!at || !placeOnEdge(session.document.store.getState().graph, at.edgeId)) return null;
  return (
    <ViewportPortal>
      <button
        type="button"
        tabIndex={-1}
        aria-label="Insert a node here"
        title="Insert a node here"
        className="sg-edge-plus nodrag nopan"
        style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)` }}
        onContextMenu={() => select(session, { edges: [at.edgeId] })}
        onClick={() => {
          select(session, { edges: [at.edgeId] });
          openPickerOnEdge(session, at.edgeId);
          setAt(null);
        }}
      >
        <Plus size={12} strokeWidth={2.2} aria-hidden="true" />
      </button>
    </ViewportPortal>
  );
}

function placeOf(edge: Element, before: At | null): At | null {
  const edgeId = edge.getAttribute('data-id');
  if (edgeId === null || before?.edgeId === edgeId) return before;
  const path = edge.querySelector<SVGPathElement>('.sg-edge-line');
  if (!path) return null;
  // The middle is taken where the compiler has marked the edge.
  const share = edge.querySelector(':is(.has-error, .has-warning)') ? 0.75 : 0.5;
  const { x, y } = path.getPointAtLength(path.getTotalLength() * share);
  return { edgeId, x, y };
}
