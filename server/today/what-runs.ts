import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { runColumns, type StoredRun, toRunRow } from '#server/runs/rows.ts';
import type { Today } from './types.ts';

const shown = 20;

/** Runs that go on, newest first, with how many of their steps came up so far and how many are done. */
export async function whatRuns(scope: Scope): Promise<Today['running']> {
  const rows = await query<StoredRun & { steps: number; done: number }>(
    `select ${runColumns}, progress.steps, progress.done
       from run r join pipeline p on p.id = r.pipeline_id
       cross join lateral (
         select count(*)::int as steps, (count(*) filter (where s.status in ('done', 'failed', 'cancelled')))::int as done
           from step s where s.run_id = r.id and s.state not like '$end%' and s.status <> 'undone') progress
      where r.project_id = $1 and r.status in ('queued', 'running', 'waiting') order by r.id desc limit $2`,
    [scope.projectId, shown],
  );
  return rows.map((row) => ({ ...toRunRow(row), progress: { steps: row.steps, done: row.done } }));
}
