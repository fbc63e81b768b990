'use client';
import { type ReactFlowState, useStoreApi } from '@xyflow/react';
import { useLayoutEffect } from 'react';
import type { CanvasDetail, Level, Wanted } from './detail.ts';
import { farZoom, remoteZoom } from './geometry.ts';

/** Below each of these zooms the next level, as far.css has it: titles keep about their size on the screen. */
const levels: { zoom: number; level: Level }[] = [
  { zoom: remoteZoom, level: 'box' },
  { zoom: 0.46, level: 'distant' },
  { zoom: 0.525, level: 'middle' },
  { zoom: farZoom, level: 'near' },
  { zoom: Number.POSITIVE_INFINITY, level: 'full' },
];
/** Up to so many nodes, all are drawn alike, in view or not. */
const fewNodes = 150;
/** The canvas and its edges are marked once the zoom rests. */
const restMs = 90;
/** Around the view, in pixels of the screen: what is about to be seen is drawn before. */
const aheadPx = 160;

/**
 * Tells cards and edges in which detail they are seen, and marks the canvas for what there is little of: `data-far` below
 * 60 % zoom, `data-remote` below 40 %, where cards are boxes. Nothing of it renders the canvas.
 */
export function LevelOfDetail({ detail }: { detail: CanvasDetail }) {
  const store = useStoreApi();
  useLayoutEffect(() => {
    let known: Pick<ReactFlowState, 'transform' | 'nodes' | 'width' | 'height'> | null = null;
    let zoom: number | null = null;
    let marked: Level | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const mark = (canvas: HTMLElement, level: Level) => {
      marked = level;
      if (level === 'full') delete canvas.dataset.far;
      else canvas.dataset.far = level === 'box' ? 'distant' : level;
      canvas.toggleAttribute('data-remote', level === 'box');
      detail.edges.show({ level: level === 'box' ? 'box' : 'full', ids: 'all' });
    };
    const apply = () => {
      const state = store.getState();
      const { domNode, transform, nodes, width, height } = state;
      if (!domNode || nodes.length === 0) return;
      if (known?.transform === transform && known.nodes === nodes && known.width === width && known.height === height)
        return;
      // Where the view begins is no movement of it.
      const zooming = zoom !== null && zoom !== transform[2];
      zoom = state.fitViewQueued ? null : transform[2];
      known = { transform, nodes, width, height };
      const wanted = { ...wantedNow(state), zooming };
      detail.cards.show(wanted);
      if (wanted.level === marked) return;
      clearTimeout(timer);
      if (marked === null) mark(domNode, wanted.level);
      else timer = setTimeout(() => mark(domNode, wantedNow(store.getState()).level), restMs);
    };
    apply();
    const unsubscribe = store.subscribe(apply);
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [store, detail]);
  return null;
}

function wantedNow({ nodes, transform: [x, y, zoom], width, height, fitViewQueued }: ReactFlowState): Wanted {
  // Where many will be seen from is not known yet; it will be far away.
  if (nodes.length > fewNodes && (fitViewQueued || width === 0)) return { level: 'box', ids: 'all' };
  const level = levels.find((step) => zoom < step.zoom)?.level ?? 'full';
  if (level === 'box' || nodes.length <= fewNodes) return { level, ids: 'all' };
  const ids = new Set<string>();
  const [left, top] = [(-x - aheadPx) / zoom, (-y - aheadPx) / zoom];
  const [right, bottom] = [(width - x + aheadPx) / zoom, (height - y + aheadPx) / zoom];
  for (const { id, position, measured } of nodes) {
    const inside =
      position.x < right &&
      position.y < bottom &&
      position.x + (measured?.width ?? 0) > left &&
      position.y + (measured?.height ?? 0) > top;
    if (inside) ids.add(id);
  }
  return { level, ids };
}
