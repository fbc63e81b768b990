import type { NodeFailure } from '#nodes/core/errors.ts';
import type { Graph } from '#nodes/core/graph.ts';
import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { nodeTitle } from '#server/inbox/node-title.ts';
import type { Today } from './types.ts';

const shown = 20;

type Row = {
  runId: string;
  ref: number;
  pipelineName: string;
  graph: Graph;
  failure: (NodeFailure & { state?: string }) | null;
  at: Date;
  /** Items that failed in a map that goes on with the others; null for a run that failed as a whole. */
  items: { failed: number; total: number } | null;
};

const sql = `
  select r.id::text as "runId", r.ref, p.name as "pipelineName", rg.graph, r.failure, r.ended_at as at, null::jsonb as items
    from run r join run_graph rg on rg.id = r.graph_id join pipeline p on p.id = r.pipeline_id
   where r.project_id = $1 and r.status = 'failed' and r.ended_at >= $2
  union all
  select r.id::text, r.ref, p.name, rg.graph, first.result, coalesce(r.ended_at, now()),
         jsonb_build_object('failed', m.failed, 'total', m.total)
    from run r join run_graph rg on rg.id = r.graph_id join pipeline p on p.id = r.pipeline_id join map_run m on m.run_id = r.id
    cross join lateral (
      select result from map_item i where i.step_id = m.step_id and i.outcome = 'error' order by i.index limit 1) first
   where r.project_id = $1 and m.failed > 0 and r.status <> 'failed' and (r.ended_at >= $2 or r.ended_at is null)
   order by at desc limit $3`;

/** Runs that failed since a time, and items that failed in runs that went on without them; newest first. */
export async function whatBroke(scope: Scope, since: Date): Promise<Today['broke']> {
  const rows = await query<Row>(sql, [scope.projectId, since, shown]);
  return rows.map(({ runId, ref, pipelineName, graph, failure, at, items }) => {
    const { state = null, ...known } = failure ?? { code: 'INTERNAL' as const, message: 'No reason was recorded.' };
    const message = items
      ? `${items.failed} of ${items.total} items failed. The first: ${known.message}`
      : known.message;
    return {
      ...{ runId, ref, pipelineName, state },
      title: state === null ? pipelineName : nodeTitle(graph, state),
      failure: { ...known, message },
      at: at.getTime(),
    };
  });
}
