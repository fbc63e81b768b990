import { query } from '#server/db/pool.ts';

/** Runs that a stream of a pipeline follows at most. */
export const mostRuns = 20;

/** `ended`: nothing happens to it any more; one that is being undone is not. */
export type FoundRun = { id: string; ended: boolean };

/**
 * The newest runs of a pipeline and the newest of those that go on. Looked up anew each time: ids are no cursor, for
 * they are given out before their runs can be seen.
 */
export async function findRuns(projectId: string, pipelineId: string): Promise<FoundRun[]> {
  return await query<FoundRun>(
    `select id::text as id, status in ('completed', 'failed', 'cancelled') and undo is distinct from 'undoing' as ended from run
      where id in (
        (select id from run where project_id = $1 and pipeline_id = $2 order by id desc limit $3)
        union all
        (select id from run where project_id = $1 and pipeline_id = $2 and status in ('queued', 'running', 'waiting')
          order by id desc limit $3)
        union all
        (select id from run where project_id = $1 and pipeline_id = $2 and undo = 'undoing' order by id desc limit $3))
      order by run.id desc`,
    [projectId, pipelineId, mostRuns],
  );
}
