import { query } from '#server/db/pool.ts';
import type { Estimate } from './types.ts';

const samples = 200;

/** What steps of a node cost in the pipeline's own history: its last 200 that were done. Null: there were none. */
export async function estimateOf(of: {
  pipelineId: string;
  state: string;
  exceptStepId: string;
}): Promise<Estimate | null> {
  const rows = await query<{ p50: number | null; p90: number | null; samples: number }>(
    `select percentile_cont(0.5) within group (order by cost)::float8 as p50,
            percentile_cont(0.9) within group (order by cost)::float8 as p90, count(*)::int as samples
       from (select s.cost_micros as cost
               from (select id from run where pipeline_id = $1 order by id desc limit $4) r
               cross join lateral (
                 select id, cost_micros from step
                  where run_id = r.id and state = $2 and status = 'done' and id <> $3 order by id desc limit $4) s
              order by r.id desc, s.id desc limit $4) last`,
    [of.pipelineId, of.state, of.exceptStepId, samples],
  );
  const [row] = rows;
  if (!row || row.p50 === null || row.p90 === null) return null;
  return { p50Micros: Math.round(row.p50), p90Micros: Math.round(row.p90), samples: row.samples };
}
