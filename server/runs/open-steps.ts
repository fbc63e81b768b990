import { query as fromPool, type Query } from '#server/db/pool.ts';
import { shownSteps } from './step-rows.ts';
import type { OpenStep } from './types.ts';

/** Of more the reader has to guess which of a node's counted steps an event is about. */
const mostOpen = 2_000;

/** The steps of some runs that are not over, by run. */
export async function openSteps(runIds: string[], query: Query = fromPool): Promise<Map<string, OpenStep[]>> {
  const byRun = new Map<string, OpenStep[]>(runIds.map((id) => [id, []]));
  if (runIds.length === 0) return byRun;
  const rows = await query<OpenStep & { runId: string }>(
    `select s.run_id::text as "runId", s.state, s.path, s.status, s.attempt from step s
      where s.run_id = any($1::bigint[]) and s.status in ('ready', 'running', 'waiting') and ${shownSteps}
      order by s.id desc limit $2`,
    [runIds, mostOpen],
  );
  for (const { runId, ...step } of rows) byRun.get(runId)?.push(step);
  return byRun;
}
