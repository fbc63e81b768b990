'use client';
import { useReactFlow, useStoreApi } from '@xyflow/react';
import { type PointerEvent as Press, useEffect, useRef } from 'react';
import type { Position, Selection } from '../document/command.ts';
import { isTyping } from '../keys/use-editor-keys.ts';
import { select } from '../session/actions.ts';
import { useSession } from '../session/context.ts';
import type { EditorSession } from '../session/session.ts';
import { selectionFor } from './selection-for.ts';
import { useEscape } from './use-escape.ts';
import { createWheelKind } from './wheel-kind.ts';

/** Two fingers on a trackpad pan; a wheel and a pinch are left to the canvas, which zooms at the pointer. */
export function useTrackpad(): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    const { domNode } = store.getState();
    const kindOf = createWheelKind();
    const onWheel = (event: WheelEvent) => {
      if (event.target instanceof Element && event.target.closest('.nowheel')) return;
      if (kindOf(event, event.timeStamp) !== 'pan') return;
      event.preventDefault();
      event.stopPropagation();
      const { x, y, zoom } = flow.getViewport();
      const sideways = event.shiftKey && event.deltaX === 0;
      const by = sideways ? { x: event.deltaY, y: 0 } : { x: event.deltaX, y: event.deltaY };
      void flow.setViewport({ x: x - by.x, y: y - by.y, zoom });
    };
    domNode?.addEventListener('wheel', onWheel, { capture: true, passive: false });
    return () => domNode?.removeEventListener('wheel', onWheel, { capture: true });
  }, [flow, store]);
}

/** While the space bar is held a drag pans wherever it begins, also on a card. */
export function useSpacePan(): void {
  const store = useStoreApi();
  useEffect(() => {
    const hold = (held: boolean) => store.getState().domNode?.toggleAttribute('data-space', held);
    const onKey = (event: KeyboardEvent) => {
      if (event.key === ' ' && (event.type === 'keyup' || !isTyping(event))) hold(event.type === 'keydown');
    };
    const onBlur = () => hold(false);
    window.addEventListener('keydown', onKey);
    window.addEventListener('keyup', onKey);
    window.addEventListener('blur', onBlur);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('keyup', onKey);
      window.removeEventListener('blur', onBlur);
    };
  }, [store]);
}

/** A marquee that is given up by Escape leaves selected what was selected before. */
export function useMarquee() {
  const session = useSession();
  const flow = useStoreApi();
  const before = useRef<{ selection: Selection; pointerId: number } | null>(null);
  useEscape(
    () => flow.getState().userSelectionActive && before.current !== null,
    () => {
      const { selection, pointerId } = before.current ?? { selection: {}, pointerId: 1 };
      const pane = flow.getState().domNode?.querySelector('.react-flow__pane');
      pane?.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, button: 0, pointerId }));
      flow.setState({ userSelectionActive: false, userSelectionRect: null });
      before.current = null;
      select(session, selection);
    },
  );
  return useRef({
    onPointerDownCapture(event: Press) {
      before.current = { selection: session.ui.getState().selection, pointerId: event.pointerId };
      // With Shift a marquee begins on the canvas; on a card Shift picks the card, and a hand that trembles is no marquee.
      if (event.shiftKey && event.target instanceof Element && event.target.closest('.react-flow__node'))
        event.stopPropagation();
    },
  }).current;
}

const longPressMs = 450;
const stillPx = 8;

/** A finger that rests on something selects it, so that the menu that opens is about it. Answers how to end that. */
export function watchLongPress(session: EditorSession, domNode: HTMLElement): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let from: Position | null = null;
  const ended = new AbortController();
  const on = (
    kind: 'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel',
    act: (event: PointerEvent) => void,
  ) => domNode.addEventListener(kind, act, { capture: true, signal: ended.signal });
  const stop = () => clearTimeout(timer);
  on('pointerdown', (event) => {
    stop();
    if (event.pointerType === 'mouse' || !event.isPrimary || !(event.target instanceof Element)) return;
    const element = event.target.closest<HTMLElement>('.react-flow__node, .react-flow__edge');
    from = { x: event.clientX, y: event.clientY };
    if (element && !element.classList.contains('selected'))
      timer = setTimeout(() => select(session, selectionOf(element)), longPressMs);
  });
  on('pointermove', (event) => {
    if (from && Math.hypot(event.clientX - from.x, event.clientY - from.y) > stillPx) stop();
  });
  on('pointerup', stop);
  on('pointercancel', stop);
  return () => {
    stop();
    ended.abort();
  };
}

function selectionOf(element: HTMLElement): Partial<Selection> {
  const id = element.getAttribute('data-id') ?? '';
  if (element.classList.contains('react-flow__edge')) return { edges: [id] };
  return selectionFor(id);
}
