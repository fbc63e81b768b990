'use client';
import { type ReactFlowInstance, SelectionMode, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect, useMemo } from 'react';
import { Canvas } from '#app/_canvas/canvas.tsx';
import type { CanvasContextValue, CardEstimate } from '#app/_canvas/context.ts';
import type { CanvasEdge, CanvasNode } from '#app/_canvas/flow-elements.ts';
import type { KeyedStore } from '#app/_canvas/keyed-store.ts';
import { usePointing } from '#app/_canvas/lit.ts';
import { CanvasMinimap } from '#app/_canvas/minimap.tsx';
import { ZoomControls } from '#app/_canvas/zoom-controls.tsx';
import { lazyPart } from '#app/_ui/lazy-part.ts';
import { putOnEdge } from '../connect/insert.ts';
import type { Position } from '../document/command.ts';
import { RovingFocus } from '../keyboard/roving-focus.tsx';
import { useGraph, useLive, useSession, useUi } from '../session/context.ts';
import { openProblem } from '../session/problems.ts';
import type { EditorSession } from '../session/session.ts';
import { BusyMark } from './busy-mark.tsx';
import { CanvasMenu } from './canvas-menu.tsx';
import { ConnectionLine } from './connection-line.tsx';
import { EdgePlus } from './edge-plus.tsx';
import { elementsOf } from './elements-of.ts';
import { EmptyCanvas } from './empty-canvas.tsx';
import type { Landing } from './landing.ts';
import { isCoarse, isNarrow } from './narrow.ts';
import { OverlayLegend } from './overlay-legend.tsx';
import { OverlayToolbar } from './overlay-toolbar.tsx';
import { useCanvasGestures } from './use-canvas-gestures.ts';
import { EstimatesFeed, useEstimateStore } from './use-estimates.ts';
import { useFlowElements } from './use-flow-elements.ts';
import { useNodeChanges } from './use-node-changes.ts';
import { usePointedEdge } from './use-pointed-edge.ts';
import { useWiring } from './use-wiring.ts';
import { WireHint } from './wire-hint.tsx';

const FindBar = lazyPart(async () => (await import('../find/find-bar.tsx')).FindBar);
const RunPill = lazyPart(async () => (await import('./run-pill.tsx')).RunPill);

const snapGrid: [number, number] = [4, 4];
/** A hand that trembles by less than this clicks; it drags nothing. */
const stillPx = 4;
const readableZoom = 0.7;
const manySelect = ['Meta', 'Control', 'Shift'];

/** The drawing itself. What stands around it does not render while something is dragged. */
export function EditorCanvas() {
  const session = useSession();
  const pointing = usePointing(session.lit);
  const { gesture, handlers } = useWiring();
  const estimates = useEstimateStore();
  return (
    <CanvasMenu>
      <main
        className="sg-ground relative h-full min-w-0 overflow-hidden"
        aria-label="Canvas"
        tabIndex={-1}
        {...pointing}
      >
        <Drawing gesture={gesture} wiring={handlers} estimates={estimates} />
        <EstimatesFeed store={estimates} />
        <WireHint gesture={gesture} />
        <WhileEmpty />
        <WhileFinding />
        <BusyMark />
      </main>
    </CanvasMenu>
  );
}

type Wiring = ReturnType<typeof useWiring>;

type DrawingProps = { gesture: Wiring['gesture']; wiring: Wiring['handlers']; estimates: KeyedStore<CardEstimate> };

/** Renders with every frame of a drag, so nothing that costs stands in it. */
function Drawing({ gesture, wiring, estimates }: DrawingProps) {
  const session = useSession();
  const context = useCanvasContext(estimates);
  const { handlers: gestures, landing } = useCanvasGestures(gesture);
  const land = useCallback((placed: Record<string, Position>) => landOn(session, landing, placed), [session, landing]);
  const { dragged, onNodesChange, onEdgesChange } = useNodeChanges(land);
  const { nodes, edges } = useFlowElements(dragged, usePointedEdge());
  return (
    <Canvas
      context={context}
      nodes={nodes}
      edges={edges}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      {...wiring}
      connectionLineComponent={ConnectionLine}
      connectionRadius={28}
      connectionDragThreshold={stillPx}
      nodeDragThreshold={stillPx}
      nodeClickDistance={stillPx}
      paneClickDistance={stillPx}
      nodesDraggable={!isCoarse()}
      reconnectRadius={15}
      selectionMode={SelectionMode.Partial}
      snapToGrid
      snapGrid={snapGrid}
      deleteKeyCode={null}
      nodesFocusable={false}
      edgesFocusable={false}
      disableKeyboardA11y
      multiSelectionKeyCode={manySelect}
      elevateNodesOnSelect={false}
      onInit={openWhereReadable}
      {...gestures}
      zoomOnDoubleClick={false}
    >
      {onTop}
    </Canvas>
  );
}

function useCanvasContext(estimates: KeyedStore<CardEstimate>): CanvasContextValue {
  const session = useSession();
  return useMemo(
    () => ({
      status: session.status,
      marks: session.problems.marks,
      pins: session.pins.marks,
      elements: elementsOf(session),
      edgeMarks: session.problems.edgeMarks,
      trust: session.problems.trust,
      edgeTrust: session.problems.edgeTrust,
      estimates,
      stale: session.stale.marks,
      onProblem: (at) => openProblem(session, at),
    }),
    [session, estimates],
  );
}

function WhileFinding() {
  return useUi((ui) => ui.find !== null) ? <FindBar /> : null;
}

function WhileRunsAreKnown() {
  return useLive(({ runs, chosen }) => runs.size > 0 || chosen !== null) ? <RunPill /> : null;
}

function WhileEmpty() {
  return useGraph(({ nodes, notes }) => nodes.length + notes.length === 0) ? <EmptyCanvas /> : null;
}

/** A single node that was let go over an edge is put on it; null: everything stays where it was let go. */
function landOn(session: EditorSession, landing: Landing, placed: Record<string, Position>): Promise<void> | null {
  const edgeId = landing.take();
  const [nodeId] = Object.keys(placed);
  const node = session.document.store.getState().graph.nodes.find(({ id }) => id === nodeId);
  return edgeId === null || !node ? null : putOnEdge(session, edgeId, node);
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
  const finding = useUi((ui) => (ui.find?.hits.length ?? 0) > 0);
  const flow = useStoreApi();
  useEffect(() => {
    const { domNode } = flow.getState();
    for (const [name, on] of Object.entries(overlays)) domNode?.toggleAttribute(`data-${name}`, on);
    domNode?.toggleAttribute('data-finding', finding);
  }, [flow, overlays, finding]);
  return null;
}

/** Made once: what floats over the drawing renders for reasons of its own only. */
const onTop = (
  <>
    <RovingFocus />
    <OverlayMarks />
    <OverlayToolbar />
    <OverlayLegend />
    <WhileRunsAreKnown />
    <ZoomControls keys />
    <CanvasMinimap />
    <EdgePlus />
  </>
);
