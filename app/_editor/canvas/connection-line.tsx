'use client';
import type { ConnectionLineComponentProps } from '@xyflow/react';
import type { CanvasNode } from '#app/_canvas/flow-elements.ts';
import { edgePath } from '#app/_canvas/geometry.ts';

/** The wire while it is drawn. Whether it may lead where it is stands on the canvas, as `data-wire`; the style sheet reads it. */
export function ConnectionLine({ fromX, fromY, toX, toY, fromHandle }: ConnectionLineComponentProps<CanvasNode>) {
  const [pen, wire] = [
    { x: toX, y: toY },
    { x: fromX, y: fromY },
  ];
  const path = fromHandle.type === 'source' ? edgePath(wire, pen) : edgePath(pen, wire);
  return (
    <g className="sg-drawn">
      <path d={path} />
      <circle cx={toX} cy={toY} r={3.5} />
    </g>
  );
}
