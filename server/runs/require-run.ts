import { query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';

/** Makes sure that a run is the project's, before anything of it is read by its id. Errors: NOT_FOUND. */
export async function requireRun(
  scope: Scope,
  runId: string,
): Promise<{ id: string; pipelineId: string; programId: string }> {
  const rows = await query<{ id: string; pipelineId: string; programId: string }>(
    `select id::text as id, pipeline_id as "pipelineId", program_id::text as "programId"
       from run where id = $1 and project_id = $2`,
    [runId, scope.projectId],
  );
  return found(rows[0], `The run ${runId}`);
}
