import type { Graph } from '#nodes/core/graph.ts';
import { type Program, readProgram } from '#nodes/core/program.ts';
import type { Query } from '#server/db/pool.ts';
import { found } from '#server/db/scoped.ts';
import { itemLabels } from '#server/runs/item-labels.ts';
import { type ActedStep, actedSteps } from './effect-rows.ts';
import { planItem } from './plan-item.ts';
import type { UndoPlan } from './types.ts';

type Asked = { runId: string; projectId: string; toSeq: number };

/** What an undo of a run would do now, the newest step first. */
export async function planOf(query: Query, asked: Asked): Promise<UndoPlan> {
  const { steps, alreadyUndone } = await actedSteps(query, asked);
  const [programs, graphs, labels] = [
    await programsOf(query, steps),
    await graphsOf(query, steps),
    await itemLabels(query, steps),
  ];
  const items = steps.map((step) => {
    const { stepId, runId, state, path, spentMicros } = step;
    const program = found(programs.get(step.programId), 'The program of the run');
    const graph = found(graphs.get(step.graphId), 'The graph of the run');
    return { stepId, runId, state, path, label: labels(step), spentMicros, ...planItem(step, program, graph) };
  });
  const count = (can: string): number => items.filter((item) => item.can === can).length;
  const runs = await query<{ spend: string; live: boolean }>(
    `select spend_micros::text as spend, not sg_terminal(status) as live from run where id = $1`,
    [asked.runId],
  );
  const run = found(runs[0], 'The run');
  return {
    runId: asked.runId,
    toSeq: asked.toSeq,
    items,
    revertible: count('reverts'),
    offers: count('offers'),
    irreversible: count('cannot'),
    total: items.length,
    alreadyUndone,
    keptSpendMicros: Number(run.spend),
    cancelsRun: run.live,
  };
}

async function programsOf(query: Query, steps: ActedStep[]): Promise<Map<string, Program>> {
  const ids = [...new Set(steps.map(({ programId }) => programId))];
  const rows = await query<{ id: string; ir: Program }>(
    'select id::text, ir from program where id = any($1::bigint[])',
    [ids],
  );
  return new Map(rows.map(({ id, ir }) => [id, readProgram(ir)]));
}

async function graphsOf(query: Query, steps: ActedStep[]): Promise<Map<string, Graph>> {
  const ids = [...new Set(steps.map(({ graphId }) => graphId))];
  const rows = await query<{ id: string; graph: Graph }>(
    'select id::text, graph from run_graph where id = any($1::bigint[])',
    [ids],
  );
  return new Map(rows.map(({ id, graph }) => [id, graph]));
}
