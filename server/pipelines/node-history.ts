import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { estimateRun } from '#server/money/estimate-run.ts';
import { requirePipeline } from './require-pipeline.ts';
import type { NodeHistory, PipelineHistory } from './types.ts';

type Row = { state: string; samples: number; p50Micros: number; p90Micros: number; p50Ms: number; p90Ms: number };
type RunsRow = { samples: number; p50Micros: number | null; p90Micros: number | null };

/**
 * By node of the draft: its last finished steps in the newest runs, looked up by index, so that the cost follows from
 * the nodes and not from the steps there are. The more nodes, the fewer runs. What was pinned or taken over did not run.
 */
const nodesSql = `
  with states as (
    select distinct n->>'id' as state from pipeline p, jsonb_array_elements(p.draft->'nodes') n where p.id = $1),
  runs as (
    select id, pins from run where pipeline_id = $1 order by id desc
     limit greatest(5, least(40, 4000 / greatest(1, (select count(*) from states)))))
  select s.state, count(*)::int as samples,
         percentile_cont(0.5) within group (order by last.cost)::float8 as "p50Micros",
         percentile_cont(0.9) within group (order by last.cost)::float8 as "p90Micros",
         percentile_cont(0.5) within group (order by last.ms)::float8 as "p50Ms",
         percentile_cont(0.9) within group (order by last.ms)::float8 as "p90Ms"
    from states s
    cross join lateral (
      select step.cost, step.ms from runs r
       cross join lateral (
         select cost_micros as cost, extract(epoch from ended_at - started_at) * 1000 as ms from step
          where run_id = r.id and state = s.state and status = 'done' and not inherited
            and started_at is not null and (r.pins is null or not jsonb_exists(r.pins, s.state))
          limit 20) step
       order by r.id desc limit 200) last
   group by s.state order by s.state`;

const runsSql = `
  select count(*)::int as samples,
         percentile_cont(0.5) within group (order by spend_micros)::float8 as "p50Micros",
         percentile_cont(0.9) within group (order by spend_micros)::float8 as "p90Micros"
    from (select spend_micros from run
           where pipeline_id = $1 and status = 'completed' and pins is null and forked_from is null
           order by id desc limit 40) last`;

/** What steps of each node, and whole runs, cost and took lately. Nodes without a finished step have no entry. */
export async function nodeHistory(scope: Scope, pipelineId: string): Promise<PipelineHistory> {
  await requirePipeline(scope, pipelineId);
  const [nodes, [runs], { nodes: models, run: expected }] = await Promise.all([
    query<Row>(nodesSql, [pipelineId]),
    query<RunsRow>(runsSql, [pipelineId]),
    estimateRun(scope, { pipelineId, source: 'draft', started: null }),
  ]);
  return {
    models,
    expected,
    nodes: Object.fromEntries(nodes.map((row) => [row.state, toHistory(row)])),
    runs:
      runs && runs.p50Micros !== null && runs.p90Micros !== null
        ? { samples: runs.samples, p50Micros: Math.round(runs.p50Micros), p90Micros: Math.round(runs.p90Micros) }
        : null,
  };
}

function toHistory({ samples, p50Micros, p90Micros, p50Ms, p90Ms }: Row): NodeHistory {
  return {
    samples,
    p50Micros: Math.round(p50Micros),
    p90Micros: Math.round(p90Micros),
    p50Ms: Math.round(p50Ms),
    p90Ms: Math.round(p90Ms),
  };
}
