import type { Graph } from '#nodes/core/graph.ts';
import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { nodeTitle } from '#server/inbox/node-title.ts';
import type { Today } from './types.ts';

const shown = 12;

/** What the pipelines achieved since a time: effects that have their receipt, mail in the Outbox aside, counted by node. */
export async function outcomesOf(scope: Scope, since: Date): Promise<Today['outcomes']> {
  const rows = await query<{ state: string; pipelineName: string; graph: Graph; count: number }>(
    `select done.state, p.name as "pipelineName", rg.graph, done.count
       from (select r.pipeline_id, s.state, max(r.id) as run_id, count(*)::int as count
               from run r join effect e on e.run_id = r.id join step s on s.id = e.step_id
              where r.project_id = $1 and (r.ended_at >= $2 or r.ended_at is null) and e.status = 'done'
                and coalesce(e.receipt->>'delivery', '') <> 'outbox' and e.receipt_at >= $2
              group by r.pipeline_id, s.state) done
       join run r on r.id = done.run_id join run_graph rg on rg.id = r.graph_id join pipeline p on p.id = done.pipeline_id
      order by done.count desc, p.name, done.state limit $3`,
    [scope.projectId, since, shown],
  );
  return rows.map(({ state, pipelineName, graph, count }) => ({ title: nodeTitle(graph, state), pipelineName, count }));
}
