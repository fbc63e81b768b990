'use client';
import '@xyflow/react/dist/base.css';
import './canvas.css';
import { type EdgeTypes, type NodeTypes, ReactFlow, type ReactFlowProps } from '@xyflow/react';
import { type ReactNode, useState } from 'react';
import { WhenIdle } from '#app/_ui/when-idle.tsx';
import { BoxIcons } from './box-icons.tsx';
import { CanvasContext, type CanvasContextValue } from './context.ts';
import { createCanvasDetail, DetailContext } from './detail.ts';
import { Dots } from './dots.tsx';
import { FlowEdge } from './flow-edge.tsx';
import type { CanvasEdge, CanvasNode } from './flow-elements.ts';
import { GroupFrame } from './group-frame.tsx';
import { HandleHint } from './handle-hint.tsx';
import { LevelOfDetail } from './level-of-detail.tsx';
import { LevelledCard } from './levelled-card.tsx';
import { NoteCard } from './note-card.tsx';
import { useGivenHandles } from './use-given-handles.ts';
import { useGradually } from './use-gradually.ts';
import { fitOptions } from './zoom-controls.tsx';

export const nodeTypes: NodeTypes = { card: LevelledCard, note: NoteCard, group: GroupFrame };
const edgeTypes: EdgeTypes = { flow: FlowEdge };
/**
 * Above this many nodes only those in view are on the canvas at all. Up to it they all are, as bare boxes where they are
 * not seen: so panning and zooming mount nothing.
 */
const manyNodes = 1_500;

const noEdges: CanvasEdge[] = [];

type Props = ReactFlowProps<CanvasNode, CanvasEdge> & { context: CanvasContextValue; children?: ReactNode };

/** What the editor and the run page have in common: cards, edges, dots, level of detail. Stands in a ReactFlowProvider. */
export function Canvas({ context, children, edges = noEdges, ...flow }: Props) {
  const [detail] = useState(createCanvasDetail);
  useGivenHandles();
  const drawn = useGradually(edges);
  return (
    <CanvasContext value={context}>
      <DetailContext value={detail}>
        <ReactFlow<CanvasNode, CanvasEdge>
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          minZoom={0.1}
          maxZoom={2}
          fitView
          fitViewOptions={fitOptions}
          onlyRenderVisibleElements={(flow.nodes?.length ?? 0) > manyNodes}
          proOptions={{ hideAttribution: true }}
          className="sg-canvas"
          {...flow}
          edges={drawn}
        >
          <Dots />
          <WhenIdle>
            <BoxIcons />
          </WhenIdle>
          <LevelOfDetail detail={detail} />
          <HandleHint />
          {children}
        </ReactFlow>
      </DetailContext>
    </CanvasContext>
  );
}
