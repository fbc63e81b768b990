import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { storable } from '#server/engine/storable.ts';
import { requireSettled } from './settled.ts';
import type { ReviewChoice } from './types.ts';

type Reviewed = { ok: true; runId: string; held: boolean } | { ok: false; reason: string };

/**
 * Takes the operator's answer to a review of failures: the pipeline may run again, or stays held until it is released by
 * the same task. Failures up to now are not counted again. Errors: NOT_FOUND; CONFLICT where it was decided.
 */
export async function reviewTask(
  scope: Scope,
  { taskId, choice }: { taskId: string; choice: ReviewChoice },
): Promise<{ taskId: string; held: boolean }> {
  const p = { taskId, projectId: scope.projectId, choice, by: scope.actor };
  const rows = await query<{ reviewed: Reviewed }>('select sg_review_task($1::jsonb) as reviewed', [storable(p)]);
  const reviewed = rows[0]?.reviewed;
  requireSettled(reviewed);
  return { taskId, held: (reviewed as Extract<Reviewed, { ok: true }>).held };
}
