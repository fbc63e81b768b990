import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { listTasks } from '#server/inbox/list-tasks.ts';
import { outcomesOf } from './outcomes.ts';
import { spendOfDay } from './spend-of-day.ts';
import { startOfToday } from './start-of-today.ts';
import type { Today } from './types.ts';
import { whatBroke } from './what-broke.ts';
import { whatRuns } from './what-runs.ts';

const waitingShown = 8;

/** What the operator should see first today. */
export async function getToday(scope: Scope): Promise<Today> {
  const since = startOfToday();
  const [waiting, counts, running, broke, spend, outcomes] = await Promise.all([
    listTasks(scope, { status: 'open', limit: waitingShown }),
    query<{ open: number }>(`select count(*)::int as open from task where project_id = $1 and status = 'open'`, [
      scope.projectId,
    ]),
    whatRuns(scope),
    whatBroke(scope, since),
    spendOfDay(scope, since),
    outcomesOf(scope, since),
  ]);
  return { waiting, waitingCount: counts[0]?.open ?? 0, running, broke, spend, outcomes };
}
