import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { compatibilityWith, newestOf } from './newest.ts';
import { requirePast, requireSeq } from './require-past.ts';
import { pastUpTo } from './run-history.ts';
import type { RunCompatibility } from './types.ts';
import { withoutFailure } from './without-failure.ts';

/**
 * Whether a run can go on on the newest version from a checkpoint; without one, from what made it fail. Errors:
 * NOT_FOUND, INPUT_INVALID, NOT_PUBLISHED, COMPILE_FAILED where the draft has errors.
 */
export async function checkCompatibility(
  scope: Scope,
  { runId, seq }: { runId: string; seq?: number | undefined },
): Promise<RunCompatibility> {
  const run = await requirePast(query, { runId, projectId: scope.projectId });
  if (seq !== undefined) requireSeq(run, seq);
  const behind = seq === undefined ? withoutFailure(run) : pastUpTo(run, seq);
  return compatibilityWith({ ...run, ...behind }, await newestOf(scope, run));
}
