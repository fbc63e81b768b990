'use client';
import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect } from 'react';
import { fitOptions } from '#app/_canvas/zoom-controls.tsx';
import type { Position } from '../document/command.ts';
import { useSession } from '../session/context.ts';

const glideMs = 160;

/** Lends the canvas on the screen to the rest of the editor, as long as it is there. */
export function useView(): { screenToFlow: (screen: Position) => Position } {
  const session = useSession();
  const flow = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    const duration = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : glideMs;
    session.view = {
      fit: () => void flow.fitView({ ...fitOptions, duration }),
      frame: (nodeIds) =>
        void flow.fitView({ nodes: nodeIds.map((id) => ({ id })), maxZoom: 1, minZoom: 0.6, padding: 0.6, duration }),
      zoomTo: (zoom) => void flow.zoomTo(zoom, { duration }),
      centre: () => {
        const box = store.getState().domNode?.getBoundingClientRect();
        const middle = box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : { x: 0, y: 0 };
        const at = flow.screenToFlowPosition(middle);
        return { x: at.x - 94, y: at.y - 48 };
      },
      focus: () => store.getState().domNode?.closest('main')?.focus({ preventScroll: true }),
    };
    return () => {
      session.view = null;
    };
  }, [session, flow, store]);
  const screenToFlow = useCallback((screen: Position) => flow.screenToFlowPosition(screen), [flow]);
  return { screenToFlow };
}
