'use client';
import { useReactFlow, useStore, type Viewport } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { fitOptions } from '#app/_canvas/zoom-controls.tsx';

const glideMs = 160;
/** Room for what floats over the corners of the canvas. */
const padding = 0.12;

type Props = {
  /** Whether a lineage is looked at. */
  open: boolean;
  /** The nodes that it goes through; null: not known yet, or none is looked at. */
  nodes: ReadonlySet<string> | null;
};

/**
 * Keeps the nodes of a lineage in sight while it stands beside the canvas, however large that is then. Afterwards the
 * canvas shows what it showed before. Stands in the canvas.
 */
export function KeepInSight({ open, nodes }: Props) {
  const flow = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const before = useRef<Viewport | null>(null);
  const framed = useRef(false);
  useEffect(() => {
    if (open) return;
    return () => {
      before.current = flow.getViewport();
    };
  }, [open, flow]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: in another size the same nodes stand elsewhere
  useEffect(() => {
    const duration = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : glideMs;
    const there = [...(nodes ?? [])].filter((id) => flow.getNode(id));
    if (open && there.length > 0) {
      framed.current = true;
      void flow.fitView({ nodes: there.map((id) => ({ id })), padding, maxZoom: 1, duration });
    } else if (!open && framed.current) {
      framed.current = false;
      if (before.current) void flow.setViewport(before.current, { duration });
      else void flow.fitView({ ...fitOptions, duration });
    }
  }, [open, nodes, width, height, flow]);
  return null;
}
