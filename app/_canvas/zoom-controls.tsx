'use client';
import { useReactFlow, useStore } from '@xyflow/react';
import { Maximize, Minus, Plus } from 'lucide-react';

/** Zoom out, the present zoom (a click resets it), zoom in, fit. */
export function ZoomControls({ keys }: { keys: boolean }) {
  const { zoomIn, zoomOut, zoomTo, fitView } = useReactFlow();
  const percent = useStore(({ transform }) => Math.round(transform[2] * 100));
  return (
    <div className="sg-float sg-zoom" role="toolbar" aria-label="Zoom">
      <button type="button" aria-label="Zoom out" onClick={() => zoomOut()}>
        <Minus size={14} strokeWidth={1.9} aria-hidden="true" />
      </button>
      <button type="button" className="sg-zoom-value" aria-label="Zoom to 100 %" onClick={() => zoomTo(1)}>
        {percent} %
      </button>
      <button type="button" aria-label="Zoom in" onClick={() => zoomIn()}>
        <Plus size={14} strokeWidth={1.9} aria-hidden="true" />
      </button>
      <i aria-hidden="true" />
      <button type="button" aria-label="Fit" onClick={() => fitView(fitOptions)}>
        <Maximize size={14} strokeWidth={1.9} aria-hidden="true" />
        {keys && <kbd>1</kbd>}
      </button>
    </div>
  );
}

/** Never larger than life. */
export const fitOptions = { padding: 0.08, maxZoom: 1 };
