import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { hintRuns } from '#server/live/hint-runs.ts';
import { requireRun } from './require-run.ts';

/** Pauses a run: what runs may finish, nothing begins. False: it has ended or is paused already. Errors: NOT_FOUND. */
export async function pauseRun(scope: Scope, runId: string): Promise<{ runId: string; paused: boolean }> {
  await requireRun(scope, runId);
  const rows = await query<{ paused: boolean }>('select sg_pause_run($1::bigint, $2) as paused', [runId, scope.actor]);
  await hintRuns([runId]);
  return { runId, paused: rows[0]?.paused ?? false };
}
