import type { NodeFailure } from '#nodes/core/errors.ts';
import type { WaitReason } from '#nodes/core/step.ts';
import { query as fromPool, type Query } from '#server/db/pool.ts';
import type { NodeStatus } from './types.ts';

type Row = {
  runId: string;
  state: string;
  ready: number;
  running: number;
  waiting: number;
  done: number;
  failed: number;
  cancelled: number;
  undone: number;
  attempts: number;
  waitingFor: WaitReason | null;
  failure: NodeFailure | null;
  costMicros: string;
  cached: number | null;
  workMs: number | null;
  firstStartedAt: Date | null;
  lastEndedAt: Date | null;
  lastPath: string;
  outcomes: Record<string, number> | null;
  map: { total: number; finished: number; failed: number } | null;
};

// Pairs [time, text] compare by time first, so that max() finds the text that belongs to the newest step.
const sql = `
  with taken_back as (
    select distinct i.step_id from step s join undo_item i on i.step_id = s.id
     where s.run_id = any($1::bigint[]) and i.status = 'reverted'),
  known as (
    select s.*, case when s.status = 'done' and t.step_id is not null then 'undone' else s.status end as shown
      from step s left join taken_back t on t.step_id = s.id where s.run_id = any($1::bigint[]) and s.state not like '$end%' and s.status <> 'undone'),
  part as (
    select run_id, state, outcome, shown as status, count(*)::int as n, sum(attempt)::int as attempts, sum(cost_micros) as cost,
           sum(extract(epoch from ended_at - started_at) * 1000) as ms, min(started_at) as first, max(ended_at) as last,
           max(array[to_char(coalesce(ended_at, started_at, created_at), 'YYYYMMDDHH24MISSUS'), path]) as newest,
           min(waiting::text) filter (where status = 'waiting') as waits,
           max(array[to_char(coalesce(ended_at, started_at, created_at), 'YYYYMMDDHH24MISSUS'), failure::text])
             filter (where failure is not null and status in ('failed', 'waiting')) as failure
      from known group by 1, 2, 3, 4),
  left_by as (
    select run_id, state, jsonb_object_agg(outcome, n) as outcomes
      from (select run_id, state, outcome, sum(n) as n from part where outcome is not null group by 1, 2, 3) o group by 1, 2),
  kept as (select run_id, state, count(*)::int as calls from spend where run_id = any($1::bigint[]) and cached group by 1, 2),
  items as (
    select s.run_id, s.state, jsonb_build_object('total', sum(m.total), 'finished', sum(m.finished), 'failed', sum(m.failed)) as map
      from map_run m join step s on s.id = m.step_id where m.run_id = any($1::bigint[]) and s.status <> 'undone' group by 1, 2)
  select part.run_id::text as "runId", part.state,
         coalesce(sum(n) filter (where status = 'ready'), 0)::int as ready,
         coalesce(sum(n) filter (where status = 'running'), 0)::int as running,
         coalesce(sum(n) filter (where status = 'waiting'), 0)::int as waiting,
         coalesce(sum(n) filter (where status = 'done'), 0)::int as done,
         coalesce(sum(n) filter (where status = 'failed'), 0)::int as failed,
         coalesce(sum(n) filter (where status = 'cancelled'), 0)::int as cancelled,
         coalesce(sum(n) filter (where status = 'undone'), 0)::int as undone,
         sum(attempts)::int as attempts, min(waits)::jsonb as "waitingFor", (max(failure))[2]::jsonb as failure,
         sum(cost)::text as "costMicros", min(kept.calls) as cached, round(sum(ms))::float8 as "workMs",
         min(first) as "firstStartedAt", max(last) as "lastEndedAt", (max(newest))[2] as "lastPath",
         (array_agg(left_by.outcomes))[1] as outcomes, (array_agg(items.map))[1] as map
    from part left join left_by using (run_id, state) left join items using (run_id, state)
         left join kept using (run_id, state)
   group by part.run_id, part.state`;

/** Where the nodes of some runs stand, added up by the database: its cost for us does not grow with the steps. */
export async function nodeStatuses(
  runIds: string[],
  query: Query = fromPool,
): Promise<Map<string, Record<string, NodeStatus>>> {
  const byRun = new Map<string, Record<string, NodeStatus>>(runIds.map((id) => [id, {}]));
  if (runIds.length === 0) return byRun;
  for (const row of await query<Row>(sql, [runIds])) {
    const nodes = byRun.get(row.runId);
    if (nodes) nodes[row.state] = toNodeStatus(row);
  }
  return byRun;
}

function toNodeStatus(row: Row): NodeStatus {
  const { ready, running, waiting, done, failed, cancelled, undone, attempts, waitingFor, failure, lastPath } = row;
  return {
    ...{ ready, running, waiting, done, failed, cancelled, undone, attempts, waitingFor, failure, lastPath },
    costMicros: Number(row.costMicros),
    ...(row.cached === null ? {} : { cached: row.cached }),
    workMs: row.workMs ?? 0,
    firstStartedAt: row.firstStartedAt?.getTime() ?? null,
    lastEndedAt: row.lastEndedAt?.getTime() ?? null,
    outcomes: row.outcomes ?? {},
    ...(row.map ? { map: row.map } : {}),
  };
}
