'use client';
import { type ReactFlowInstance, useStoreApi } from '@xyflow/react';
import { type DragEvent, useEffect, useMemo } from 'react';
import { Canvas } from '#app/_canvas/canvas.tsx';
import { type CanvasEdge, type CanvasNode, noteIdOf } from '#app/_canvas/flow-elements.ts';
import { CanvasMinimap } from '#app/_canvas/minimap.tsx';
import { ZoomControls } from '#app/_canvas/zoom-controls.tsx';
import { draggedType, dragMime } from '../library/drag.ts';
import { addNode, addNote, select } from '../session/actions.ts';
import { useSession, useUi } from '../session/context.ts';
import { CanvasMenu } from './canvas-menu.tsx';
import { ConnectionLine } from './connection-line.tsx';
import { EmptyCanvas } from './empty-canvas.tsx';
import { NoteDialog } from './note-dialog.tsx';
import { OverlayToolbar } from './overlay-toolbar.tsx';
import { RunPill } from './run-pill.tsx';
import { useFlowElements } from './use-flow-elements.ts';
import { useNodeChanges } from './use-node-changes.ts';
import { useView } from './use-view.ts';
import { useWiring } from './use-wiring.ts';

const snapGrid: [number, number] = [4, 4];
const readableZoom = 0.7;
const manySelect = ['Meta', 'Control', 'Shift'];

/** The drawing itself. */
export function EditorCanvas() {
  const session = useSession();
  const context = useMemo(() => ({ status: session.status, marks: session.problems.marks }), [session]);
  const { dragged, onNodesChange, onEdgesChange } = useNodeChanges();
  const { nodes, edges } = useFlowElements(dragged);
  const wiring = useWiring();
  const { screenToFlow } = useView();
  const onDrop = (event: DragEvent) => {
    const type = draggedType(event.dataTransfer);
    if (type === null) return;
    event.preventDefault();
    const at = screenToFlow({ x: event.clientX, y: event.clientY });
    void addNode(session, type, { at: { x: at.x - 94, y: at.y - 24 } });
    session.view?.focus();
  };
  return (
    <CanvasMenu>
      <main className="relative h-full min-w-0 overflow-hidden" aria-label="Canvas">
        <Canvas
          context={context}
          nodes={nodes}
          edges={edges}
          onNodesChange={onNodesChange}
          onEdgesChange={onEdgesChange}
          {...wiring}
          connectionLineComponent={ConnectionLine}
          connectionRadius={28}
          snapToGrid
          snapGrid={snapGrid}
          deleteKeyCode={null}
          multiSelectionKeyCode={manySelect}
          elevateNodesOnSelect={false}
          onNodeContextMenu={(_event, { id, selected }) => {
            const noteId = noteIdOf(id);
            if (!selected) select(session, noteId === null ? { nodes: [id] } : { notes: [noteId] });
          }}
          onEdgeContextMenu={(_event, { id }) => select(session, { edges: [id] })}
          onInit={(flow) => openWhereReadable(flow)}
          onNodeClick={(_event, { id }) => {
            if (isNarrow() && noteIdOf(id) === null) session.ui.setState({ sheet: 'inspector' });
          }}
          onNodeDoubleClick={(_event, { id }) => {
            const noteId = noteIdOf(id);
            if (noteId === null) session.ui.setState({ section: 'configure', sheet: 'inspector' });
            else session.ui.setState({ editingNote: noteId });
          }}
          onDragOver={(event) => {
            if (!event.dataTransfer.types.includes(dragMime)) return;
            event.preventDefault();
            event.dataTransfer.dropEffect = 'copy';
          }}
          onDrop={onDrop}
          onDoubleClick={(event) => {
            if ((event.target as Element).classList.contains('react-flow__pane'))
              addNote(session, screenToFlow({ x: event.clientX, y: event.clientY }));
          }}
          zoomOnDoubleClick={false}
        >
          <OverlayMarks />
          <OverlayToolbar />
          <RunPill />
          <ZoomControls keys />
          <CanvasMinimap />
        </Canvas>
        {nodes.length === 0 && <EmptyCanvas />}
        <NoteDialog />
      </main>
    </CanvasMenu>
  );
}

const isNarrow = () => matchMedia('(max-width: 759.98px)').matches;

/** On a narrow screen a whole pipeline is too small to read: it opens where it begins. */
function openWhereReadable(flow: ReactFlowInstance<CanvasNode, CanvasEdge>): void {
  if (!isNarrow() || flow.getZoom() >= readableZoom) return;
  const nodes = flow.getNodes();
  const left = Math.min(...nodes.map(({ position }) => position.x));
  const first = nodes.find(({ position }) => position.x === left);
  if (first)
    void flow.setViewport({
      x: 16 - left * readableZoom,
      y: 140 - first.position.y * readableZoom,
      zoom: readableZoom,
    });
}

/** Tells the canvas which overlays are on; straight into the DOM, so that no card renders for it. */
function OverlayMarks() {
  const overlays = useUi((ui) => ui.overlays);
  const flow = useStoreApi();
  useEffect(() => {
    const { domNode } = flow.getState();
    for (const [name, on] of Object.entries(overlays)) domNode?.toggleAttribute(`data-${name}`, on);
  }, [flow, overlays]);
  return null;
}
