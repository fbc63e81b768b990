'use client';
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { EdgeTrust } from '#nodes/core/compile/trust-view.ts';
import type { Severity } from '#nodes/core/diagnostics.ts';
import type { KeyedStore } from './keyed-store.ts';
import type { CardLive, EdgeState } from './live-view.ts';
import type { StatusStore } from './status-store.ts';

/** One thing that the compiler found, in words. `help`: what to do about such a thing. */
export type Finding = { severity: Severity; title: string; message: string; help: string };
/** What the compiler says of an edge: how bad the worst is, and all of it. */
export type EdgeMark = { severity: Severity; findings: readonly Finding[] };
/** The same of a node. */
export type CardMark = EdgeMark & { warnsError: boolean };

/** What untrusted text does at a node: `person` and `sanitiser` stop it, `leak` is where it must not come to. */
export type TrustMark = {
  kind: 'enters' | 'passes' | 'reads' | 'person' | 'sanitiser' | 'leak';
  /** Names of the inputs through which it is read. */
  inputs: string;
};

/** What a node cost and took lately, in micro-dollars and milliseconds. */
export type CardEstimate = {
  /** Null: nothing is known yet of what it costs. */
  cost: { p50: number; p90: number } | null;
  /** The model that it asks and that nobody knows the price of. */
  unpriced?: string;
  time: { p50: number; p90: number } | null;
  samples: number;
  /** It runs once per item or pass of what is around it, and so are the figures. */
  each: boolean;
  /** One of those that take the longest. */
  slowest: boolean;
};

/** What cards and edges read beside their own data; the same object as long as the canvas lives. */
export type CanvasContextValue = {
  status: StatusStore;
  marks: KeyedStore<CardMark> | null;
  pins: KeyedStore<string> | null;
  /** Absent: nothing can be edited in place or found here. */
  elements?: CanvasElements;
  edgeMarks?: KeyedStore<EdgeMark>;
  trust?: KeyedStore<TrustMark>;
  edgeTrust?: KeyedStore<EdgeTrust | 'leak'>;
  estimates?: KeyedStore<CardEstimate>;
  /** Why the output that is shown is not what the draft would give. */
  stale?: KeyedStore<string> | null;
  /** Opens what is wrong with a node or an edge where it can be mended. */
  onProblem?: (at: { nodeId: string } | { edgeId: string }) => void;
};

/** What the editor makes of single cards, notes and frames for a while, by React Flow's ids. */
export type ElementLook = { editing?: true; found?: 'hit' | 'current' };
export type CanvasElements = {
  looks: KeyedStore<ElementLook>;
  /** Ends editing in place; null: nothing is to change. */
  settle(flowId: string, text: string | null): void;
  resizeNote(noteId: string, size: { width: number; height: number }): void;
  /** A comment is to be read and changed. */
  openComment(nodeId: string): void;
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

/** What a keyed store holds under one key; undefined where there is nothing, or no such store. */
function useKeyed<Value>(store: KeyedStore<Value> | null | undefined, key: string): Value | undefined {
  const watch = useCallback((listener: () => void) => store?.watch(key, listener) ?? noWatch, [store, key]);
  const read = useCallback(() => store?.get(key), [store, key]);
  return useSyncExternalStore(watch, read, read);
}

/** The compiler's mark on one node; undefined where there is nothing to say. */
export function useCardMark(id: string): CardMark | undefined {
  return useKeyed(useCanvas().marks, id);
}

export function useEdgeMark(id: string): EdgeMark | undefined {
  return useKeyed(useCanvas().edgeMarks, id);
}

/** What untrusted text does at a node and along an edge; undefined: it does not come there. */
export function useTrustMark(id: string): TrustMark | undefined {
  return useKeyed(useCanvas().trust, id);
}

export function useEdgeTrust(id: string): EdgeTrust | 'leak' | undefined {
  return useKeyed(useCanvas().edgeTrust, id);
}

export function useEstimate(id: string): CardEstimate | undefined {
  return useKeyed(useCanvas().estimates, id);
}

export function useOnProblem(): CanvasContextValue['onProblem'] {
  return useCanvas().onProblem;
}

/** The outcome that is pinned on a node for test runs; undefined: none is. */
export function useCardPin(id: string): string | undefined {
  const { pins } = useCanvas();
  const watch = useCallback((listener: () => void) => pins?.watch(id, listener) ?? noWatch, [pins, id]);
  const read = useCallback(() => pins?.get(id), [pins, id]);
  return useSyncExternalStore(watch, read, read);
}

/** How one card, note or frame looks for now; undefined: as ever. */
export function useElementLook(flowId: string): ElementLook | undefined {
  const looks = useCanvas().elements?.looks;
  const watch = useCallback((listener: () => void) => looks?.watch(flowId, listener) ?? noWatch, [looks, flowId]);
  const read = useCallback(() => looks?.get(flowId), [looks, flowId]);
  return useSyncExternalStore(watch, read, read);
}

/** What can be done to elements in place; undefined where the canvas is only looked at. */
export function useElements(): CanvasElements | undefined {
  return useCanvas().elements;
}

/** Why what the node gave is stale; undefined: it is not. */
export function useCardStale(id: string): string | undefined {
  const { stale } = useCanvas();
  const watch = useCallback((listener: () => void) => stale?.watch(id, listener) ?? noWatch, [stale, id]);
  const read = useCallback(() => stale?.get(id), [stale, id]);
  return useSyncExternalStore(watch, read, read);
}

const noWatch = () => {};
