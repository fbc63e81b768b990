import { query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { requireRun } from '#server/runs/require-run.ts';
import { storedInput, storedOutput } from '#server/runs/step-rows.ts';
import type { ValueAt } from './types.ts';

type Asked = { runId: string; seq: number; state: string; path: string };

/** What a step took and gave, where it had ended by the event `seq`. Errors: NOT_FOUND. */
export async function valueAt(scope: Scope, { runId, seq, state, path }: Asked): Promise<ValueAt> {
  await requireRun(scope, runId);
  const rows = await query<ValueAt>(
    `select s.state, s.path, s.outcome, ${storedInput} as input, ${storedOutput} as output
       from step s left join step_value v on v.step_id = s.id
      where s.run_id = $1 and s.state = $2 and s.path = $3 and s.seq <= $4 and s.status in ('done', 'failed')`,
    [runId, state, path, seq],
  );
  return found(rows[0], `A step ${state}${path === '' ? '' : ` at ${path}`} that had ended by event ${seq}`);
}
