import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';

export type OpenApproval = { taskId: string; token: string };

/** The approvals that a run waits for, oldest first. */
export async function openApprovals(scope: Scope, runId: string): Promise<OpenApproval[]> {
  return await query<OpenApproval>(
    `select id as "taskId", token from task
      where project_id = $1 and run_id = $2 and status = 'open' and kind = 'approval' order by created_at, id`,
    [scope.projectId, runId],
  );
}
