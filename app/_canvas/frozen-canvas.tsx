'use client';
import { ReactFlowProvider } from '@xyflow/react';
import { type ReactNode, useLayoutEffect, useMemo } from 'react';
import type { Graph } from '#nodes/core/graph.ts';
import type { NodeStatus } from '#server/runs/types.ts';
import { Canvas } from './canvas.tsx';
import { cardModels } from './card-model.ts';
import { definitions } from './definitions.ts';
import { type CanvasNode, flowEdges, flowNodes, nodeIdOf } from './flow-elements.ts';
import { shapeOf } from './graph-shape.ts';
import { createStatusStore } from './status-store.ts';
import { ZoomControls } from './zoom-controls.tsx';

type Props = {
  graph: Graph;
  /** Status of each node of the run; nodes that are missing were not reached. */
  nodes: Readonly<Record<string, NodeStatus>>;
  /** Whether the run is over. Left out: it is when no step is open. */
  ended?: boolean;
  /** Id of the selected node. */
  selected: string | null;
  onSelect: (nodeId: string | null) => void;
  /** What floats over the canvas. */
  children?: ReactNode;
};

/** A graph as one run went through it: nothing can be moved or wired; a click selects. Fills its container. */
export function FrozenCanvas(props: Props) {
  return (
    <ReactFlowProvider>
      <Frozen {...props} />
    </ReactFlowProvider>
  );
}

function Frozen({ graph, nodes, ended, selected, onSelect, children }: Props) {
  const context = useMemo(() => ({ status: createStatusStore(), marks: null, pins: null }), []);
  const { elements, edges, shape } = useMemo(() => {
    const models = cardModels(graph, definitions);
    return {
      elements: flowNodes(graph, models),
      edges: flowEdges(graph, models),
      shape: shapeOf(graph, definitions),
    };
  }, [graph]);
  useLayoutEffect(() => {
    context.status.show({ shape, nodes, ended: ended ?? !hasOpenSteps(nodes) });
    context.status.flush();
  }, [context, shape, nodes, ended]);
  const shown = useMemo(
    () => elements.map((node): CanvasNode => (node.id === selected ? { ...node, selected: true } : node)),
    [elements, selected],
  );
  return (
    <Canvas
      context={context}
      nodes={shown}
      edges={edges}
      nodesDraggable={false}
      nodesConnectable={false}
      edgesFocusable={false}
      edgesReconnectable={false}
      deleteKeyCode={null}
      selectionKeyCode={null}
      multiSelectionKeyCode={null}
      onNodesChange={(changes) => {
        for (const change of changes)
          if (change.type === 'select' && change.selected && nodeIdOf(change.id) !== null) onSelect(change.id);
      }}
      onPaneClick={() => onSelect(null)}
    >
      <ZoomControls keys={false} />
      {children}
    </Canvas>
  );
}

function hasOpenSteps(nodes: Props['nodes']): boolean {
  return Object.values(nodes).some((node) => node.ready + node.running + node.waiting > 0);
}
