import { readConsistently } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { requireRun } from '#server/runs/require-run.ts';
import { planOf } from './plan-of.ts';
import type { UndoPlan } from './types.ts';

/**
 * What "undo this run" would do, or a rewind to the checkpoint after `toSeq`: what will be reverted, what cannot be and
 * why, and what it has cost. Nothing is changed. Errors: NOT_FOUND.
 */
export async function undoPlan(scope: Scope, { runId, toSeq }: { runId: string; toSeq: number }): Promise<UndoPlan> {
  await requireRun(scope, runId);
  return await readConsistently((query) => planOf(query, { runId, projectId: scope.projectId, toSeq }));
}
