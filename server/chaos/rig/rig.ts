import type { GraphInput } from '#nodes/core/graph.ts';
import { migrate } from '#server/db/migrate.ts';
import { closePool, connectTo, pool } from '#server/db/pool.ts';
import { forgetProcessWide } from '#server/db/process-wide.ts';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { createPipeline } from '#server/pipelines/create-pipeline.ts';
import { publishPipeline } from '#server/pipelines/publish-pipeline.ts';
import { ensureFirstProject } from '#server/projects/first-project.ts';
import { type ModelServer, modelServer } from '#server/testing/model-server.ts';
import { graphs } from '../pipelines/all.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { type Cluster, openCluster } from './postgres.ts';

/** What all scenarios of a campaign share: a database of its own, the outside, and pipelines that act on it. */
export type Rig = {
  cluster: Cluster;
  ledger: Ledger;
  model: ModelServer;
  scope: Scope;
  /** Ids of the published pipelines, by name. */
  pipelines: Map<string, string>;
  close: () => Promise<void>;
};

/** Starts a durable Postgres and the outside, and publishes the pipelines. This process works on that database from now on. */
export async function openRig(): Promise<Rig> {
  const cluster = await openCluster();
  await migrate(cluster.url);
  connectTo(cluster.url);
  const ledger = await openLedger();
  const model = await modelServer();
  const { id } = await ensureFirstProject();
  const settings = { allowedHosts: [ledger.host] };
  await pool().query('update project set settings = $2 where id = $1', [id, settings]);
  const scope = scopeOf(id, 'chaos');
  const pipelines = new Map<string, string>();
  for (const graph of graphs(ledger.host)) pipelines.set(graph.name, await published(scope, graph));
  return {
    cluster,
    ledger,
    model,
    scope,
    pipelines,
    async close() {
      await forgetProcessWide<{ $disconnect(): Promise<void> }>('prisma')?.$disconnect();
      await closePool();
      await ledger.close();
      await model.close();
      await cluster.close();
    },
  };
}

async function published(scope: Scope, graph: GraphInput): Promise<string> {
  const { id } = await createPipeline(scope, { name: graph.name, graph });
  await publishPipeline(scope, { pipelineId: id, note: '', revision: await revisionOf(id) });
  return id;
}

/** The revision of a pipeline's draft. */
export async function revisionOf(pipelineId: string): Promise<number> {
  const { rows } = await pool().query<{ revision: number }>(
    'select draft_revision as revision from pipeline where id = $1',
    [pipelineId],
  );
  return rows[0]?.revision ?? 0;
}
