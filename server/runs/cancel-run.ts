import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { hintRuns } from '#server/live/hint-runs.ts';
import { requireRun } from './require-run.ts';

/** Cancels what is left of a run; effects that happened stay. A run that has ended is left as it is. */
export async function cancelRun(scope: Scope, runId: string): Promise<{ runId: string; cancelled: boolean }> {
  await requireRun(scope, runId);
  const rows = await query<{ cancelled: boolean }>('select sg_cancel_run($1::bigint, $2::text) as cancelled', [
    runId,
    scope.actor,
  ]);
  await hintRuns([runId]);
  return { runId, cancelled: rows[0]?.cancelled ?? false };
}
