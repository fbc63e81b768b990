'use client';
import { useStore } from 'zustand';
import { useSession } from '../session/context.ts';

/** A step as it was at the checkpoint that is looked at. `path` null: it had not ended by then. */
export type PastStep = { runId: string; seq: number; state: string; path: string | null };

/** The step of a node at the checkpoint that is looked at: that of the path, else its newest then; null: the present is shown. */
export function usePastStep(nodeId: string, path: string): PastStep | null {
  const at = useStore(useSession().past, (past) => past.at);
  if (!at) return null;
  const steps = at.steps.filter(({ state }) => state === nodeId);
  const step = steps.find((each) => each.path === path) ?? steps.at(-1);
  return { runId: at.runId, seq: at.seq, state: nodeId, path: step?.path ?? null };
}
