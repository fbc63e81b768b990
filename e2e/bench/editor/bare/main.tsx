import '@xyflow/react/dist/style.css';
import { type Edge, type Node, ReactFlow, useEdgesState, useNodesState } from '@xyflow/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Graph } from '#nodes/core/graph.ts';

/** React Flow as its own first example shows it: default nodes, default edges, state kept by its own hooks. */
function Bare({ graph }: { graph: Graph }) {
  const [nodes, , onNodesChange] = useNodesState<Node>(
    graph.nodes.map(({ id, title, position }) => ({ id, position, data: { label: title ?? id } })),
  );
  const [edges, , onEdgesChange] = useEdgesState<Edge>(
    graph.edges.map(({ id, from, to }) => ({ id, source: from, target: to })),
  );
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      // Limits of the zoom and the first view are those of the editor, so that both show the same part.
      minZoom={0.1}
      maxZoom={2}
      fitView
      fitViewOptions={{ padding: 0.08, maxZoom: 1 }}
    />
  );
}

const asked = new URLSearchParams(location.search);
const [left, top, width, height] = (asked.get('box') ?? '').split(',').map(Number);
const graph = (await (await fetch(`/graph/${asked.get('nodes')}`)).json()) as Graph;
createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <div style={{ position: 'absolute', left, top, width, height }}>
      <Bare graph={graph} />
    </div>
  </StrictMode>,
);
