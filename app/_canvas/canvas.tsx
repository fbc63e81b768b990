'use client';
import '@xyflow/react/dist/base.css';
import './canvas.css';
import {
  Background,
  BackgroundVariant,
  type EdgeTypes,
  type NodeTypes,
  ReactFlow,
  type ReactFlowProps,
} from '@xyflow/react';
import type { ReactNode } from 'react';
import { CanvasContext, type CanvasContextValue } from './context.ts';
import { FlowEdge } from './flow-edge.tsx';
import type { CanvasEdge, CanvasNode } from './flow-elements.ts';
import { GroupFrame } from './group-frame.tsx';
import { HandleHint } from './handle-hint.tsx';
import { LevelOfDetail } from './level-of-detail.tsx';
import { NodeCard } from './node-card.tsx';
import { NoteCard } from './note-card.tsx';
import { fitOptions } from './zoom-controls.tsx';

export const nodeTypes: NodeTypes = { card: NodeCard, note: NoteCard, group: GroupFrame };
const edgeTypes: EdgeTypes = { flow: FlowEdge };
/** Above this many elements only those in view are rendered. */
const manyElements = 150;

type Props = ReactFlowProps<CanvasNode, CanvasEdge> & { context: CanvasContextValue; children?: ReactNode };

/** What the editor and the run page have in common: cards, edges, dots, level of detail. Stands in a ReactFlowProvider. */
export function Canvas({ context, children, ...flow }: Props) {
  return (
    <CanvasContext value={context}>
      <ReactFlow<CanvasNode, CanvasEdge>
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        minZoom={0.1}
        maxZoom={2}
        fitView
        fitViewOptions={fitOptions}
        onlyRenderVisibleElements={(flow.nodes?.length ?? 0) > manyElements}
        proOptions={{ hideAttribution: true }}
        className="sg-canvas"
        {...flow}
      >
        <Background variant={BackgroundVariant.Dots} gap={16} size={2} color="var(--dot)" />
        <LevelOfDetail />
        <HandleHint />
        {children}
      </ReactFlow>
    </CanvasContext>
  );
}
