import { setTimeout as sleep } from 'node:timers/promises';
import type { GraphInput } from '#nodes/core/graph.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { createPipeline } from '#server/pipelines/create-pipeline.ts';
import { publishPipeline } from '#server/pipelines/publish-pipeline.ts';
import { ensureFirstProject } from '#server/projects/first-project.ts';
import { startRun } from '#server/runs/start-run.ts';
import { type TestDatabase, testChromaUrl, testDatabase } from './database.ts';
import { type WorkerProcess, workerProcess } from './worker-process.ts';

/** A database with a project and a real worker process on it. */
export type TestProduct = {
  database: TestDatabase;
  worker: WorkerProcess;
  scope: Scope;
  /** Makes a pipeline of a graph, published. Answers its id. */
  pipeline: (graph: GraphInput) => Promise<string>;
  /** Starts a run at `start`; of the published version unless told otherwise. Answers its id. */
  start: (pipelineId: string, input?: JsonObject, source?: 'draft' | 'published') => Promise<string>;
  /** Waits until the run has this status. */
  until: (runId: string, ...statuses: string[]) => Promise<void>;
  /** Waits until the query answers something, and answers its first row. */
  row: <Row extends object>(sql: string, params: unknown[]) => Promise<Row>;
  close: () => Promise<void>;
};

const longestWaitMs = 25_000;
const pollMs = 20;

/** Opens it; `hosts` may be reached by http.request. Call it in `beforeAll` and its `close` in `afterAll`. */
export async function testProduct(env: Record<string, string> = {}, hosts: string[] = []): Promise<TestProduct> {
  const database = await testDatabase();
  const worker = await workerProcess(database.pool, {
    DATABASE_URL: database.url,
    CHROMA_URL: testChromaUrl(),
    OPENAI_API_KEY: '',
    OPENAI_BASE_URL: '',
    ...env,
  });
  const scope = scopeOf((await ensureFirstProject()).id, 'operator');
  await database.pool.query(`update project set settings = settings || jsonb_build_object('allowedHosts', $1::jsonb)`, [
    JSON.stringify(hosts),
  ]);
  async function row<Row extends object>(sql: string, params: unknown[]): Promise<Row> {
    for (const endsAt = Date.now() + longestWaitMs; Date.now() < endsAt; await sleep(pollMs)) {
      const { rows } = await database.pool.query<Row>(sql, params);
      if (rows[0]) return rows[0];
    }
    throw new Error(`Nothing came of: ${sql} ${JSON.stringify(params)}`);
  }
  return {
    database,
    worker,
    scope,
    row,
    async pipeline(graph) {
      const { id } = await createPipeline(scope, { name: graph.name, graph });
      await publishPipeline(scope, { pipelineId: id, revision: 1, note: '' });
      return id;
    },
    async start(pipelineId, input = {}, source = 'published') {
      return (await startRun(scope, { pipelineId, source, trigger: 'start', input, requestKey: null })).runId;
    },
    async until(runId, ...statuses) {
      await row('select from run where id = $1 and status = any($2)', [runId, statuses]).catch(
        async (cause: unknown) => {
          const { rows } = await database.pool.query(
            `select status, failure, (select jsonb_agg(jsonb_build_object('state', state, 'path', path, 'status', status, 'failure', failure))
             from step where run_id = run.id and status not in ('done')) as steps from run where id = $1`,
            [runId],
          );
          throw new Error(`Run ${runId} did not become ${statuses.join(' or ')}: ${JSON.stringify(rows[0])}`, {
            cause,
          });
        },
      );
    },
    async close() {
      await worker.stop();
      await database.close();
    },
  };
}
