'use client';
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { EdgeTrust } from '#nodes/core/compile/trust-view.ts';
import type { Severity } from '#nodes/core/diagnostics.ts';
import type { KeyedStore } from './keyed-store.ts';
import { LitContext } from './lit.ts';
import type { CardLive } from './live-view.ts';
import type { StatusStore } from './status-store.ts';
import { useKeyed } from './use-keyed.ts';

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

/** What runs, for what follows it without rendering. */
export function useStatus(): StatusStore {
  return useCanvas().status;
}

/** What runs at one node; re-renders when that changes. */
export function useCardLive(id: string): CardLive | undefined {
  const { status } = useCanvas();
  const watch = useCallback((listener: () => void) => status.watchCard(id, listener), [status, id]);
  const read = useCallback(() => status.card(id), [status, id]);
  return useSyncExternalStore(watch, read, read);
}

/** The compiler's mark on one node; undefined where there is nothing to say. */
export function useCardMark(id: string): CardMark | undefined {
  return useKeyed(id, [useCanvas().marks])[0];
}

/** What untrusted text does at a node; undefined: it does not come there. */
export function useTrustMark(id: string): TrustMark | undefined {
  return useKeyed(id, [useCanvas().trust])[0];
}

/** What a box shows beside its status: the compiler's mark, what untrusted text does there, whether it is pointed at. */
export function useBoxLooks(id: string) {
  const { marks, trust } = useCanvas();
  return useKeyed(id, [marks, trust, useContext(LitContext)?.store]);
}

/** The compiler's mark on an edge, and whether untrusted text goes along it. */
export function useEdgeLooks(id: string) {
  const { edgeMarks, edgeTrust } = useCanvas();
  return useKeyed(id, [edgeMarks, edgeTrust]);
}

export function useEstimate(id: string): CardEstimate | undefined {
  return useKeyed(id, [useCanvas().estimates])[0];
}

export function useOnProblem(): CanvasContextValue['onProblem'] {
  return useCanvas().onProblem;
}

/** The outcome that is pinned on a node for test runs; undefined: none is. */
export function useCardPin(id: string): string | undefined {
  return useKeyed(id, [useCanvas().pins])[0];
}

/** How one card, note or frame looks for now; undefined: as ever. */
export function useElementLook(flowId: string): ElementLook | undefined {
  return useKeyed(flowId, [useCanvas().elements?.looks])[0];
}

/** What can be done to elements in place; undefined where the canvas is only looked at. */
export function useElements(): CanvasElements | undefined {
  return useCanvas().elements;
}

/** Why what the node gave is stale; undefined: it is not. */
export function useCardStale(id: string): string | undefined {
  return useKeyed(id, [useCanvas().stale])[0];
}
