import type { Json } from '#nodes/core/json.ts';
import { query, readConsistently } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { storable } from '#server/engine/storable.ts';
import { AppError } from '#server/errors.ts';
import { hintRuns } from '#server/live/hint-runs.ts';
import type { StartedRun } from '#server/runs/start-run.ts';
import { compatibilityWith, newestOf, requireCompatible } from './newest.ts';
import { placeAt } from './place.ts';
import { type PastRun, requirePast } from './require-past.ts';
import { refuseCalled } from './rewind-run.ts';
import type { ForkVersion } from './types.ts';
import { withoutFailure } from './without-failure.ts';
import { writeFork } from './write-fork.ts';

/**
 * Tries a failed run again from what failed. On its own version the same run goes on: what failed gets one more attempt,
 * what was cancelled with it goes on as it was. On the newest one a new run takes over what had succeeded; `runId` is that
 * one then. Nothing that succeeded happens or is paid for again. Errors: NOT_FOUND; CONFLICT where the run has not failed,
 * was undone, or the newest version is not compatible.
 */
export async function retryFailed(
  scope: Scope,
  { runId, version }: { runId: string; version: ForkVersion },
): Promise<StartedRun & { version: number | null }> {
  const whole = await readConsistently((read) => requirePast(read, { runId, projectId: scope.projectId }));
  if (whole.status !== 'failed')
    throw new AppError(
      'CONFLICT',
      `Only a failed run can be tried again from its failure; this one is ${whole.status}.`,
    );
  if (whole.undo !== null)
    throw new AppError('CONFLICT', 'The run was undone, so it cannot be tried again. Start a new one.');
  const run: PastRun = { ...whole, ...withoutFailure(whole) };
  if (version === 'same') return await retryInPlace(scope, run);
  const pinned = await newestOf(scope, run);
  requireCompatible(compatibilityWith(run, pinned));
  const started = await writeFork(scope, {
    run,
    pinned,
    atSeq: run.past.at(-1)?.entry.seq ?? 0,
    edits: [],
    input: run.input,
    // Asked twice it is one run.
    requestKey: `retry:${run.id}:${run.seq}:${pinned.program.hash.slice(0, 16)}`,
  });
  return { ...started, version: pinned.version };
}

async function retryInPlace(scope: Scope, run: PastRun): Promise<StartedRun & { version: number | null }> {
  refuseCalled(run);
  const p: Record<string, Json> = {
    runId: run.id,
    by: scope.actor,
    seq: run.seq,
    toSeq: run.past.at(-1)?.entry.seq ?? 0,
    deadlineMs: run.program.settings.timeoutMs,
    place: placeAt(run.program, run),
  };
  const rows = await query<{ retried: boolean }>('select sg_retry_run($1::jsonb) as retried', [storable(p)]);
  if (!rows[0]?.retried) throw new AppError('CONFLICT', 'The run has changed meanwhile. Load it again.');
  await hintRuns([run.id]);
  return { runId: run.id, ref: run.ref, version: run.version };
}
