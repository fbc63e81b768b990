import type { GraphInput } from '#nodes/core/graph.ts';
import { pool } from '#server/db/pool.ts';
import { publishPipeline } from '#server/pipelines/publish-pipeline.ts';
import { saveDraft } from '#server/pipelines/save-draft.ts';
import { cancelRun } from '#server/runs/cancel-run.ts';
import { between, type Chaos, type Fault } from '../chaos.ts';
import { graphs } from '../pipelines/all.ts';
import { revisionOf } from '../rig/rig.ts';

async function cancelAll({ rig, random, pause, runIds, hit }: Chaos): Promise<void> {
  const asked = new Set<string>();
  const cancels: Promise<unknown>[] = [];
  const cancel = async (runId: string): Promise<void> => {
    await pause(between(random, 0, 900));
    const twice = await Promise.all([cancelRun(rig.scope, runId), cancelRun(rig.scope, runId)]);
    hit(twice.filter(({ cancelled }) => cancelled).length);
  };
  do {
    for (const runId of runIds.filter((id) => !asked.has(id))) {
      asked.add(runId);
      if (random() < 0.8) cancels.push(cancel(runId));
    }
  } while (await pause(20));
  await Promise.all(cancels);
}

/** The graph with one more node, so that its program is another one. */
function changed(graph: GraphInput, n: number): GraphInput {
  const id = `more${n}`;
  return {
    ...graph,
    nodes: [...graph.nodes, { id, type: 'flow.join', version: 1 }],
    edges: [...graph.edges, { id: `start-${id}`, from: 'start', outcome: 'fired', to: id }],
  };
}

async function publishAgainAndAgain({ rig, pause, random, hit }: Chaos): Promise<void> {
  const drawn = graphs(rig.ledger.host).filter(({ name }) => ['chain', 'approval', 'list'].includes(name));
  for (let n = 0; await pause(between(random, 50, 250)); n += 1) {
    const graph = drawn[n % drawn.length] as GraphInput;
    const pipelineId = rig.pipelines.get(graph.name) ?? '';
    const revision = await revisionOf(pipelineId);
    await saveDraft(rig.scope, { pipelineId, revision, graph: changed(graph, n) });
    await publishPipeline(rig.scope, { pipelineId, note: `Edit ${n}`, revision: revision + 1 });
    hit();
  }
}

/** Runs whose program is not that of the version that they name, or that have steps of another. */
async function strays({ runIds }: Chaos): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>(
    `select r.id::text from run r join program g on g.id = r.program_id
      where r.id = any($1::bigint[]) and (
        not exists (select from pipeline_version v where v.pipeline_id = r.pipeline_id and v.number = r.version and v.program_hash = g.hash)
        or exists (select from step s where s.run_id = r.id and s.state not like '$end%' and not g.ir->'states' ? s.state))`,
    [runIds],
  );
  return rows.map(({ id }) => `run ${id} is not what its version says`);
}

/** Faults that the operator makes. */
export const operatorFaults: Fault[] = [
  {
    name: 'cancel-at-completion',
    title: 'Runs cancelled, twice at once, while they complete',
    cancels: true,
    harm: cancelAll,
  },
  { name: 'double-approval', title: 'Every proposal approved twice at once', pipelines: ['approval'] },
  {
    name: 'publish-mid-run',
    title: 'Versions published while runs of older ones go on',
    pipelines: ['chain', 'approval', 'list'],
    harm: publishAgainAndAgain,
    verify: strays,
  },
];
