'use client';
import { type ReactFlowInstance, useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect } from 'react';
import { fitOptions } from '#app/_canvas/zoom-controls.tsx';
import type { Position } from '../document/command.ts';
import { useSession } from '../session/context.ts';

const glideMs = 160;
/** A glide ends this much later on a machine that is busy. */
const lateMs = 500;
const [leastZoom, largestZoom] = [0.1, 2];
/** Below this zoom nothing is edited in place. */
const readableZoom = 0.5;

/** Lends the canvas on the screen to the rest of the editor, as long as it is there. */
export function useView(): { screenToFlow: (screen: Position) => Position } {
  const session = useSession();
  const flow = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    const pointer = followPointer(store.getState().domNode);
    const duration = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : glideMs;
    session.view = {
      fit: () => void flow.fitView({ ...fitOptions, duration }),
      frame: (nodeIds) =>
        void flow.fitView({ nodes: nodeIds.map((id) => ({ id })), maxZoom: 1, minZoom: 0.6, padding: 0.6, duration }),
      show: (flowId) => {
        if (flow.getZoom() < readableZoom || elementOf(store.getState().domNode, flowId) === null)
          void flow.fitView({ nodes: [{ id: flowId }], maxZoom: 1, minZoom: readableZoom, padding: 0.6, duration: 0 });
      },
      reach: (flowId) => {
        const root = store.getState().domNode;
        const element = elementOf(root, flowId);
        if (!root || !element || !isWithin(root, element))
          void flow.fitView({ nodes: [{ id: flowId }], maxZoom: flow.getZoom(), minZoom: flow.getZoom(), duration });
        // The one stop of the Tab key follows the selection with the next frame.
        requestAnimationFrame(() => requestAnimationFrame(() => focusOn(elementOf(root, flowId))));
      },
      focusElement: (flowId) =>
        requestAnimationFrame(() => {
          if (document.activeElement === document.body) focusOn(elementOf(store.getState().domNode, flowId));
        }),
      zoomTo: (zoom) => void flow.zoomTo(zoom, { duration }),
      centre: () => {
        const box = store.getState().domNode?.getBoundingClientRect();
        const middle = box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : { x: 0, y: 0 };
        const at = flow.screenToFlowPosition(middle);
        return { x: at.x - 94, y: at.y - 48 };
      },
      pointer: () => {
        const screen = pointer.at();
        return screen && flow.screenToFlowPosition(screen);
      },
      zoomBy: zoomingBy(flow, duration),
      focus: () => store.getState().domNode?.closest('main')?.focus({ preventScroll: true }),
    };
    return () => {
      pointer.stop();
      session.view = null;
    };
  }, [session, flow, store]);
  const screenToFlow = useCallback((screen: Position) => flow.screenToFlowPosition(screen), [flow]);
  return { screenToFlow };
}

/** Elements of the canvas are no stops of the Tab key by themselves. */
function focusOn(element: HTMLElement | null): void {
  if (!element) return;
  if (element.tabIndex < 0) element.setAttribute('tabindex', '-1');
  element.focus({ preventScroll: true });
}

/** Whether all of an element is seen inside another. */
function isWithin(root: HTMLElement, element: HTMLElement): boolean {
  const [outer, inner] = [root.getBoundingClientRect(), element.getBoundingClientRect()];
  return (
    inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom
  );
}

/** Zooms by a factor; pressed again while it glides, it goes on from where it glides to. */
function zoomingBy(flow: ReactFlowInstance, duration: number): (factor: number) => void {
  let gliding: { to: number } | null = null;
  return (factor) => {
    const to = Math.min(largestZoom, Math.max(leastZoom, (gliding?.to ?? flow.getZoom()) * factor));
    const glide = { to };
    const end = () => {
      if (gliding === glide) gliding = null;
    };
    gliding = glide;
    void flow.zoomTo(to, { duration }).then(end);
    // A glide that something else cuts short does not tell of its end.
    setTimeout(end, duration + lateMs);
  };
}

/** Where the pointer is on the screen while it is over an element. */
function followPointer(element: HTMLElement | null): { at: () => Position | null; stop: () => void } {
  let at: Position | null = null;
  const onMove = ({ clientX, clientY }: PointerEvent) => {
    at = { x: clientX, y: clientY };
  };
  const onLeave = () => {
    at = null;
  };
  element?.addEventListener('pointermove', onMove, { passive: true });
  element?.addEventListener('pointerleave', onLeave);
  return {
    at: () => at,
    stop() {
      element?.removeEventListener('pointermove', onMove);
      element?.removeEventListener('pointerleave', onLeave);
    },
  };
}

function elementOf(canvas: HTMLElement | null, flowId: string): HTMLElement | null {
  return canvas?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(flowId)}"]`) ?? null;
}
