'use client';
import { useLive, useUi } from './context.ts';

/** The step of a node that is looked at in the run on the canvas: the chosen one, else its newest; null: it has none there. */
export function useLookedAt(nodeId: string): { runId: string; path: string } | null {
  const chosen = useLive((live) => live.chosen);
  const lastPath = useLive((live) => live.runs.get(live.chosen ?? '')?.nodes[nodeId]?.lastPath);
  const picked = useUi((ui) => ui.lookedAt);
  if (chosen === null) return null;
  if (picked?.runId === chosen && picked.nodeId === nodeId) return { runId: chosen, path: picked.path };
  return { runId: chosen, path: lastPath ?? '' };
}
