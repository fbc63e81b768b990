import { query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import type { RunStatus } from './types.ts';

/** A run of a pipeline by the number that people call it by, R-12. Errors: NOT_FOUND. */
export async function findRun(
  scope: Scope,
  { pipelineId, ref }: { pipelineId: string; ref: number },
): Promise<{ runId: string; status: RunStatus }> {
  const rows = await query<{ runId: string; status: RunStatus }>(
    'select id::text as "runId", status from run where project_id = $1 and pipeline_id = $2 and ref = $3',
    [scope.projectId, pipelineId, ref],
  );
  return found(rows[0], `The run R-${ref} of this pipeline`);
}
