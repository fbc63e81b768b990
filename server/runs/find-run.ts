import { query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';

/** A run of a pipeline by the number that people call it by, R-12. Errors: NOT_FOUND. */
export async function findRun(
  scope: Scope,
  { pipelineId, ref }: { pipelineId: string; ref: number },
): Promise<{ runId: string; newest: boolean }> {
  const rows = await query<{ runId: string; newest: boolean }>(
    `select id::text as "runId", not exists (select from run n where n.pipeline_id = run.pipeline_id and n.id > run.id) as newest
       from run where project_id = $1 and pipeline_id = $2 and ref = $3`,
    [scope.projectId, pipelineId, ref],
  );
  return found(rows[0], `The run R-${ref} of this pipeline`);
}
