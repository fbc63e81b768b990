import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { type StoredTask, taskColumns, taskTables, toTaskRow } from './rows.ts';
import type { TaskRow } from './types.ts';

/** Tasks that wait, oldest first; or those that are settled (decided, expired or cancelled), newest first. */
export async function listTasks(
  scope: Scope,
  filter: { status: 'open' | 'decided'; limit: number; runId?: string },
): Promise<TaskRow[]> {
  const which =
    filter.status === 'open'
      ? `k.status = 'open' and ($2::bigint is null or k.run_id = $2) order by k.created_at, k.id`
      : `k.status <> 'open' and ($2::bigint is null or k.run_id = $2) order by k.decided_at desc, k.id`;
  const rows = await query<StoredTask>(
    `select ${taskColumns} from ${taskTables} where k.project_id = $1 and ${which} limit $3`,
    [scope.projectId, filter.runId ?? null, filter.limit],
  );
  return rows.map(toTaskRow);
}
