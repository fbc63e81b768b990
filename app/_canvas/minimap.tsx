'use client';
import { MiniMap, type MiniMapNodeProps } from '@xyflow/react';
import { useCardLive } from './context.ts';
import { noteIdOf } from './flow-elements.ts';

/** The whole canvas in small, each node in the hue of its status. Dragging it pans. */
export function CanvasMinimap() {
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
      pannable
      zoomable
    />
  );
}

function MinimapNode({ id, x, y, width, height }: MiniMapNodeProps) {
  const live = useCardLive(id);
  if (noteIdOf(id) !== null) return null;
  return (
    <rect
      className={`sg-minimap-node is-${live?.status ?? 'idle'}`}
      x={x}
      y={y}
      width={width}
      height={height}
      rx={10}
    />
  );
}
