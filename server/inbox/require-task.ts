import type { Graph } from '#nodes/core/graph.ts';
import { query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { type StoredTask, taskColumns, taskTables } from './rows.ts';

export type FullTask = StoredTask & { token: string; stepId: string; programId: string; graph: Graph };

/** A task of the project with what belongs to it. Errors: NOT_FOUND. */
export async function requireTask(scope: Scope, taskId: string): Promise<FullTask> {
  const rows = await query<FullTask>(
    `select ${taskColumns}, k.token, k.step_id::text as "stepId", r.program_id::text as "programId", rg.graph
       from ${taskTables} join run_graph rg on rg.id = r.graph_id where k.id = $1 and k.project_id = $2`,
    [taskId, scope.projectId],
  );
  return found(rows[0], 'The task');
}
