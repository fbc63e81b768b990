'use client';
import { type EdgeChange, type NodeChange, ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { type ReactNode, useEffect, useMemo } from 'react';
import { Canvas } from '#app/_canvas/canvas.tsx';
import { cardModels } from '#app/_canvas/card-model.ts';
import { definitions } from '#app/_canvas/definitions.ts';
import { type CanvasEdge, type CanvasNode, flowEdges, flowNodes } from '#app/_canvas/flow-elements.ts';
import { createStatusStore } from '#app/_canvas/status-store.ts';
import { ZoomControls } from '#app/_canvas/zoom-controls.tsx';
import type { ChangeItem } from './changes.ts';
import { diffEdgeTypes, diffNodeTypes } from './diff-elements.tsx';
import { DiffMarksContext, markFaces } from './marks.tsx';
import type { Merged } from './merged.ts';

type Props = {
  merged: Merged;
  /** What is looked at: framed and outlined. */
  selected: Pick<ChangeItem, 'place' | 'edgeId'> | null;
  /** Id on the canvas of what was clicked; null: nothing. */
  onSelect: (id: string | null) => void;
  children?: ReactNode;
};

/** Two graphs in one drawing, or one alone: nothing can be moved or wired; a click selects. Fills its container. */
export function DiffCanvas(props: Props) {
  return (
    <ReactFlowProvider>
      <Drawing {...props} />
    </ReactFlowProvider>
  );
}

function Drawing({ merged, selected, onSelect, children }: Props) {
  const context = useMemo(() => ({ status: createStatusStore(), marks: null, pins: null }), []);
  const marks = useMemo(() => ({ marks: merged.marks, edgeMarks: merged.edgeMarks }), [merged]);
  const elements = useMemo(() => elementsOf(merged), [merged]);
  const shown = useMemo(() => withSelected(elements, selected), [elements, selected]);
  const selectFrom = (changes: readonly (NodeChange<CanvasNode> | EdgeChange<CanvasEdge>)[]) => {
    for (const change of changes) if (change.type === 'select' && change.selected) onSelect(change.id);
  };
  return (
    <DiffMarksContext value={marks}>
      <Canvas
        context={context}
        nodeTypes={diffNodeTypes}
        edgeTypes={diffEdgeTypes}
        nodes={shown.nodes}
        edges={shown.edges}
        className="sg-canvas sg-diff"
        nodesDraggable={false}
        nodesConnectable={false}
        edgesReconnectable={false}
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        onNodesChange={selectFrom}
        onEdgesChange={selectFrom}
        onPaneClick={() => onSelect(null)}
      >
        <ZoomControls keys={false} />
        <Framed place={selected?.place ?? null} />
        {children}
      </Canvas>
    </DiffMarksContext>
  );
}

function elementsOf({ graph, marks, edgeMarks }: Merged): { nodes: CanvasNode[]; edges: CanvasEdge[] } {
  const models = cardModels(graph, definitions);
  const named = (text: string | undefined, mark: keyof typeof markFaces) =>
    `${text ?? ''}, ${markFaces[mark].word.toLowerCase()}`;
  return {
    nodes: flowNodes(graph, models).map((node): CanvasNode => {
      const mark = marks.get(node.id);
      return mark ? { ...node, className: `is-diff-${mark}`, ariaLabel: named(node.ariaLabel, mark) } : node;
    }),
    edges: flowEdges(graph, models).map((edge): CanvasEdge => {
      const mark = edgeMarks.get(edge.id);
      return mark ? { ...edge, ariaLabel: named(edge.ariaLabel, mark) } : edge;
    }),
  };
}

function withSelected({ nodes, edges }: ReturnType<typeof elementsOf>, selected: Props['selected']) {
  if (!selected) return { nodes, edges };
  const { place, edgeId } = selected;
  const chosen = new Set(edgeId === undefined ? place : []);
  return {
    nodes: nodes.map((node): CanvasNode => (chosen.has(node.id) ? { ...node, selected: true } : node)),
    edges: edges.map((edge): CanvasEdge => (edge.id === edgeId ? { ...edge, selected: true } : edge)),
  };
}

/** Brings what is looked at into view. */
function Framed({ place }: { place: string[] | null }) {
  const { fitView } = useReactFlow();
  useEffect(() => {
    if (place && place.length > 0)
      void fitView({ nodes: place.map((id) => ({ id })), padding: 0.5, maxZoom: 1, minZoom: 0.3 });
  }, [place, fitView]);
  return null;
}
