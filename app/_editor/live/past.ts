import { createStore, type StoreApi } from 'zustand/vanilla';
import type { NodeStatus } from '#server/runs/types.ts';
import type { StateAtStep } from '#server/travel/types.ts';

/** How a run stood after one of its events; null: the present is shown. `steps`: those that had ended by then. */
export type PastState = {
  runId: string;
  seq: number;
  at: number;
  nodes: Readonly<Record<string, NodeStatus>>;
  steps: readonly StateAtStep[];
  ended: boolean;
} | null;
export type Past = StoreApi<{ at: PastState }>;

/** Creates it, with the present. */
export function createPast(): Past {
  return createStore<{ at: PastState }>(() => ({ at: null }));
}
