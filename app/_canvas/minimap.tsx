'use client';
import { MiniMap, type MiniMapNodeProps, useReactFlow } from '@xyflow/react';
import { useCallback } from 'react';
import { useCardLive, useElementLook } from './context.ts';
import { groupIdOf, noteIdOf } from './flow-elements.ts';

const glideMs = 160;

/** The whole canvas in small, each node in the hue of its status, groups behind them. A click goes there, a drag pans. */
export function CanvasMinimap() {
  const flow = useReactFlow();
  const jump = useCallback(
    (_event: unknown, { x, y }: { x: number; y: number }) => {
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      void flow.setCenter(x, y, { zoom: flow.getZoom(), duration: still ? 0 : glideMs });
    },
    [flow],
  );
  return (
    <MiniMap
      className="sg-minimap sg-float"
      style={{ width: 160, height: 92 }}
      nodeComponent={MinimapNode}
      maskColor="transparent"
      maskStrokeColor="var(--accent)"
      maskStrokeWidth={1}
      bgColor="transparent"
      ariaLabel="Minimap"
      onClick={jump}
      pannable
      zoomable
    />
  );
}

function MinimapNode(props: MiniMapNodeProps) {
  if (groupIdOf(props.id) !== null) return <Box {...props} className="sg-minimap-group" />;
  return noteIdOf(props.id) === null ? <MinimapCard {...props} /> : <Box {...props} className="sg-minimap-note" />;
}

function MinimapCard(props: MiniMapNodeProps) {
  const live = useCardLive(props.id);
  const found = useElementLook(props.id)?.found;
  return <Box {...props} className={`sg-minimap-node is-${live?.status ?? 'idle'} ${found ? 'is-found' : ''}`} />;
}

function Box({ x, y, width, height, className }: MiniMapNodeProps & { className: string }) {
  return <rect className={className} x={x} y={y} width={width} height={height} rx={10} />;
}
