'use client';
import { type ReactFlowState, useReactFlow, useStoreApi } from '@xyflow/react';
import { useTheme } from 'next-themes';
import { type PointerEvent, type RefObject, useContext, useEffect, useRef, type WheelEvent } from 'react';
import { CanvasContext } from './context.ts';
import {
  hueOfStatus,
  type MinimapHue,
  minimapHues,
  minimapSize,
  outgrows,
  type PlacedBox,
  paintMinimap,
  placeFrame,
} from './minimap-paint.ts';
import type { Box, MinimapScale } from './minimap-scale.ts';

/** Nodes are painted again at most this often, however fast they move or change; the view's frame follows at once. */
const paintMs = { moved: 120, changed: 300 };
const glideMs = 160;

/**
 * The whole canvas in small, each node in the hue of its status, groups behind them. A click goes there, a drag pans, the
 * wheel zooms. Painted, because an element for each of 5,000 nodes would cost more than their cards do.
 */
export function CanvasMinimap() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const painted = usePainting(canvas, frame);
  const flow = useReactFlow();
  const goTo = (event: PointerEvent | WheelEvent, how: { zoom?: number; duration?: number }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const { scale, origin } = painted.current;
    const at = { x: origin.x + (event.clientX - box.x) / scale, y: origin.y + (event.clientY - box.y) / scale };
    void flow.setCenter(at.x, at.y, { zoom: flow.getZoom(), ...how });
  };
  return (
    <div
      className="sg-minimap sg-float nopan nowheel"
      role="img"
      aria-label="Minimap"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        goTo(event, { duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : glideMs });
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1 && event.movementX ** 2 + event.movementY ** 2 > 0) goTo(event, {});
      }}
      onWheel={(event) => goTo(event, { zoom: flow.getZoom() * 2 ** (-event.deltaY / 500) })}
    >
      <canvas ref={canvas} style={minimapSize} />
      {minimapHues.map((hue) => (
        <i key={hue} data-hue={hue} hidden />
      ))}
      <div ref={frame} className="sg-minimap-view" />
    </div>
  );
}

/** Keeps the painting current: the nodes now and then, the frame of the view with every movement. */
function usePainting(canvas: RefObject<HTMLCanvasElement | null>, frame: RefObject<HTMLDivElement | null>) {
  const store = useStoreApi();
  const { status, elements } = useContext(CanvasContext) ?? {};
  const looks = elements?.looks;
  const { resolvedTheme } = useTheme();
  const painted = useRef<MinimapScale>({ scale: 1, origin: { x: 0, y: 0 } });
  // biome-ignore lint/correctness/useExhaustiveDependencies: in another theme the hues are other ones
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let [known, seen]: [unknown, unknown] = [null, null];
    let boxes: PlacedBox[] = [];
    const hues = new Map<MinimapHue, string>();
    const paint = () => {
      timer = undefined;
      const state = store.getState();
      if (!canvas.current || state.width === 0) return;
      if (state.nodes !== known) boxes = boxesOf(state);
      known = state.nodes;
      const hueOf = ({ id, kind }: PlacedBox) => {
        if (kind !== 'card') return kind;
        return looks?.get(id)?.found ? 'found' : hueOfStatus(status?.card(id)?.status ?? 'idle');
      };
      painted.current = paintMinimap({ canvas: canvas.current, boxes, view: viewOf(state), hueOf, hues });
      if (frame.current) placeFrame(frame.current, viewOf(state), painted.current);
    };
    const soon = (withinMs = paintMs.moved) => {
      timer ??= setTimeout(paint, withinMs);
    };
    const changed = () => soon(paintMs.changed);
    const follow = () => {
      const state = store.getState();
      if (state.nodes !== known) soon();
      if (state.transform === seen) return;
      seen = state.transform;
      const view = viewOf(state);
      if (frame.current) placeFrame(frame.current, view, painted.current);
      if (timer === undefined && outgrows(view, boxes, painted.current)) soon();
    };
    soon();
    const stops = [store.subscribe(follow), status?.watchAnyCard(changed), looks?.watchAny(soon)];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop?.();
    };
  }, [store, status, looks, canvas, frame, resolvedTheme]);
  return painted;
}

function boxesOf({ nodes }: ReactFlowState): PlacedBox[] {
  return nodes.map(({ id, type, position, measured, width, height }) => ({
    id,
    kind: type === 'group' || type === 'note' ? type : 'card',
    ...position,
    width: measured?.width ?? width ?? 0,
    height: measured?.height ?? height ?? 0,
  }));
}

function viewOf({ transform: [x, y, zoom], width, height }: ReactFlowState): Box {
  return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
}
