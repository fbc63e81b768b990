import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { hintRuns } from '#server/live/hint-runs.ts';
import { requireRun } from './require-run.ts';

/** Goes on with a paused run. False: it was not paused, or has ended. Errors: NOT_FOUND. */
export async function unpauseRun(scope: Scope, runId: string): Promise<{ runId: string; unpaused: boolean }> {
  await requireRun(scope, runId);
  const rows = await query<{ unpaused: boolean }>('select sg_unpause_run($1::bigint, $2) as unpaused', [
    runId,
    scope.actor,
  ]);
  await hintRuns([runId]);
  return { runId, unpaused: rows[0]?.unpaused ?? false };
}
