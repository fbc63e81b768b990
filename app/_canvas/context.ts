'use client';
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { Severity } from '#nodes/core/diagnostics.ts';
import type { KeyedStore } from './keyed-store.ts';
import type { CardLive, EdgeState } from './live-view.ts';
import type { StatusStore } from './status-store.ts';

/** What the compiler says of a node, as its card shows it. */
export type CardMark = { severity: Severity; text: string; warnsError: boolean };

/** What cards and edges read beside their own data; the same object as long as the canvas lives. */
export type CanvasContextValue = {
  status: StatusStore;
  marks: KeyedStore<CardMark> | null;
  pins: KeyedStore<string> | null;
  /** Why the output that is shown is not what the draft would give. */
  stale?: KeyedStore<string> | null;
};

export const CanvasContext = createContext<CanvasContextValue | null>(null);

function useCanvas(): CanvasContextValue {
  const value = useContext(CanvasContext);
  if (!value) throw new Error('Cards and edges stand inside a canvas.');
  return value;
}

/** What runs at one node; re-renders when that changes. */
export function useCardLive(id: string): CardLive | undefined {
  const { status } = useCanvas();
  const watch = useCallback((listener: () => void) => status.watchCard(id, listener), [status, id]);
  const read = useCallback(() => status.card(id), [status, id]);
  return useSyncExternalStore(watch, read, read);
}

export function useEdgeState(id: string): EdgeState {
  const { status } = useCanvas();
  const watch = useCallback((listener: () => void) => status.watchEdge(id, listener), [status, id]);
  const read = useCallback(() => status.edge(id), [status, id]);
  return useSyncExternalStore(watch, read, read);
}

/** The compiler's mark on one node; undefined where there is nothing to say. */
export function useCardMark(id: string): CardMark | undefined {
  const { marks } = useCanvas();
  const watch = useCallback((listener: () => void) => marks?.watch(id, listener) ?? noWatch, [marks, id]);
  const read = useCallback(() => marks?.get(id), [marks, id]);
  return useSyncExternalStore(watch, read, read);
}

/** The outcome that is pinned on a node for test runs; undefined: none is. */
export function useCardPin(id: string): string | undefined {
  const { pins } = useCanvas();
  const watch = useCallback((listener: () => void) => pins?.watch(id, listener) ?? noWatch, [pins, id]);
  const read = useCallback(() => pins?.get(id), [pins, id]);
  return useSyncExternalStore(watch, read, read);
}

/** Why what the node gave is stale; undefined: it is not. */
export function useCardStale(id: string): string | undefined {
  const { stale } = useCanvas();
  const watch = useCallback((listener: () => void) => stale?.watch(id, listener) ?? noWatch, [stale, id]);
  const read = useCallback(() => stale?.get(id), [stale, id]);
  return useSyncExternalStore(watch, read, read);
}

const noWatch = () => {};
