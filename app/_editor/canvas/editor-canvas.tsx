'use client';
import { type ReactFlowInstance, useStoreApi } from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import { Canvas } from '#app/_canvas/canvas.tsx';
import type { CanvasEdge, CanvasNode } from '#app/_canvas/flow-elements.ts';
import { usePointing } from '#app/_canvas/lit.ts';
import { CanvasMinimap } from '#app/_canvas/minimap.tsx';
import { ZoomControls } from '#app/_canvas/zoom-controls.tsx';
import { useSession, useUi } from '../session/context.ts';
import { CanvasMenu } from './canvas-menu.tsx';
import { ConnectionLine } from './connection-line.tsx';
import { EmptyCanvas } from './empty-canvas.tsx';
import { isNarrow } from './narrow.ts';
import { NoteDialog } from './note-dialog.tsx';
import { OverlayToolbar } from './overlay-toolbar.tsx';
import { RunPill } from './run-pill.tsx';
import { useCanvasGestures } from './use-canvas-gestures.ts';
import { useFlowElements } from './use-flow-elements.ts';
import { useNodeChanges } from './use-node-changes.ts';
import { useWiring } from './use-wiring.ts';

const snapGrid: [number, number] = [4, 4];
const readableZoom = 0.7;
const manySelect = ['Meta', 'Control', 'Shift'];

/** The drawing itself. */
export function EditorCanvas() {
  const session = useSession();
  const context = useMemo(
    () => ({
      status: session.status,
      marks: session.problems.marks,
      pins: session.pins.marks,
      stale: session.stale.marks,
    }),
    [session],
  );
  const { dragged, onNodesChange, onEdgesChange } = useNodeChanges();
  const { nodes, edges } = useFlowElements(dragged);
  const wiring = useWiring();
  const gestures = useCanvasGestures();
  const pointing = usePointing(session.lit);
  return (
    <CanvasMenu>
      <main className="relative h-full min-w-0 overflow-hidden" aria-label="Canvas" {...pointing}>
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
          onInit={openWhereReadable}
          {...gestures}
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
