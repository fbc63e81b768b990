import type { Graph } from '#nodes/core/graph.ts';
import type { Json } from '#nodes/core/json.ts';
import { readConsistently } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { lineageOf } from './lineage.ts';
import { nodeStatuses } from './node-statuses.ts';
import { openSteps } from './open-steps.ts';
import { runColumns, type StoredRun, toRunRow } from './rows.ts';
import type { RunDetail } from './types.ts';

type Row = StoredRun & { graph: Graph; input: Json; output: Json; seq: number; programHash: string };

/** A run with the graph it ran and where each of its nodes stands, as of event `seq`. */
export async function getRun(scope: Scope, runId: string): Promise<RunDetail> {
  return await readConsistently(async (query) => {
    const rows = await query<Row>(
      `select ${runColumns}, rg.graph, r.input, r.output, r.seq, g.hash as "programHash"
         from run r join pipeline p on p.id = r.pipeline_id join program g on g.id = r.program_id join run_graph rg on rg.id = r.graph_id
        where r.id = $1 and r.project_id = $2`,
      [runId, scope.projectId],
    );
    const row = found(rows[0], `The run ${runId}`);
    const nodes = await nodeStatuses([runId], query);
    const open = await openSteps([runId], query);
    const kept = await query<{ state: string; count: number }>(
      `select s.state, count(*)::int as count from effect e join step s on s.id = e.step_id
        where e.run_id = $1 and e.receipt->>'delivery' = 'outbox' group by s.state`,
      [runId],
    );
    const lineage = await lineageOf(runId, query);
    const keptInOutbox = Object.fromEntries(kept.map(({ state, count }) => [state, count]));
    const { graph, input, output, seq, programHash } = row;
    const run = { ...toRunRow(row), graph, input, output, seq, programHash };
    return { ...run, keptInOutbox, lineage, nodes: nodes.get(runId) ?? {}, open: open.get(runId) ?? [] };
  });
}
