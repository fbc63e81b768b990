import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import type { Today } from './types.ts';

const hours = 24;

/** What was spent since midnight: in all, by pipeline, and by hour of the server's time zone. */
export async function spendOfDay(scope: Scope, since: Date): Promise<Today['spend']> {
  const [byPipeline, byHour] = await Promise.all([
    query<{ pipelineId: string; name: string; runs: number; settled: string }>(
      `select p.id as "pipelineId", p.name, count(distinct s.run_id)::int as runs, sum(s.cost_micros)::text as settled
         from spend s join run r on r.id = s.run_id join pipeline p on p.id = r.pipeline_id
        where s.project_id = $1 and s.at >= $2 group by p.id, p.name order by sum(s.cost_micros) desc, p.name`,
      [scope.projectId, since],
    ),
    query<{ hour: number; micros: string }>(
      `select extract(hour from at at time zone $3)::int as hour, sum(cost_micros)::text as micros
         from spend where project_id = $1 and at >= $2 group by 1`,
      [scope.projectId, since, Intl.DateTimeFormat().resolvedOptions().timeZone],
    ),
  ]);
  const microsOf = new Map(byHour.map(({ hour, micros }) => [hour, Number(micros)]));
  return {
    // Memory pays, too, and belongs to no pipeline.
    totalMicros: byHour.reduce((sum, { micros }) => sum + Number(micros), 0),
    byPipeline: byPipeline.map(({ settled, ...row }) => ({ ...row, settledMicros: Number(settled) })),
    hourly: Array.from({ length: hours }, (_, hour) => ({ hour, micros: microsOf.get(hour) ?? 0 })),
  };
}
