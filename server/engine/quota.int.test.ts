import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { graphSchema } from '#nodes/core/graph.ts';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { resolveTask } from '#server/inbox/resolve-task.ts';
import { createPipeline } from '#server/pipelines/create-pipeline.ts';
import { ensureFirstProject } from '#server/projects/first-project.ts';
import { getRunReport } from '#server/runs/report.ts';
import { startRun } from '#server/runs/start-run.ts';
import { type TestDatabase, testChromaUrl, testDatabase } from '#server/testing/database.ts';
import { type ModelServer, modelServer } from '#server/testing/model-server.ts';
import { type WorkerProcess, workerProcess } from '#server/testing/worker-process.ts';

let database: TestDatabase;
let server: ModelServer;
let worker: WorkerProcess;
let scope: Scope;

beforeAll(async () => {
  database = await testDatabase();
  server = await modelServer();
  worker = await workerProcess(database.pool, {
    DATABASE_URL: database.url,
    CHROMA_URL: testChromaUrl(),
    OPENAI_API_KEY: 'k',
    OPENAI_BASE_URL: server.url,
  });
  scope = scopeOf((await ensureFirstProject()).id, 'test');
}, 60_000);
afterAll(async () => {
  await worker.stop();
  await server.close();
  await database.close();
});

test('a step that the provider puts off waits for its quota without a worker, and it is no attempt', async () => {
  const graph = graphSchema.parse({
    format: 'solograph/graph',
    version: 1,
    name: 'Asks',
    nodes: [
      { id: 'start', type: 'trigger.manual', version: 1 },
      { id: 'ask', type: 'llm.generate', version: 1, inputs: { prompt: { kind: 'value', value: 'Hello' } } },
    ],
    edges: [{ id: 'e', from: 'start', outcome: 'fired', to: 'ask' }],
  });
  const slow = { kind: 'status', status: 429, error: { message: 'slow' }, headers: { 'retry-after': '1' } } as const;
  server.script(slow, slow);
  const { id: pipelineId } = await createPipeline(scope, { name: graph.name, graph });
  const { runId } = await startRun(scope, {
    pipelineId,
    source: 'draft',
    trigger: 'start',
    input: {},
    requestKey: null,
  });
  const seen = new Set<string>();
  for (;;) {
    const { rows } = await database.pool.query(
      `select waiting->>'kind' as kind, waiting->>'of' as of from step where run_id = $1 and state = 'ask' and status = 'waiting'`,
      [runId],
    );
    for (const { kind, of } of rows) seen.add(`${kind} ${of}`);
    const { status } = await getRunReport(scope, runId);
    if (status === 'completed' || status === 'failed') break;
    await sleep(30);
  }
  const report = await getRunReport(scope, runId);
  expect(report.status).toBe('completed');
  expect([...seen]).toEqual([`quota gpt-4.1-mini at ${new URL(server.url).host}`]);
  expect(report.steps.find(({ stateId }) => stateId === 'ask')).toMatchObject({ attempt: 1, outcome: 'ok' });
  expect(server.calls).toHaveLength(3);
}, 30_000);

test('what the operator edited holds for every later attempt, also after a wait for a quota and a failure that passes', async () => {
  const graph = graphSchema.parse({
    format: 'solograph/graph',
    version: 1,
    name: 'Edited',
    nodes: [
      { id: 'start', type: 'trigger.manual', version: 1 },
      { id: 'ask', type: 'llm.generate', version: 1, inputs: { prompt: { kind: 'value', value: 'As drawn' } } },
    ],
    edges: [{ id: 'e', from: 'start', outcome: 'fired', to: 'ask' }],
    settings: { onFailure: 'ask' },
  });
  const failing = (status: number, headers = {}) =>
    ({ kind: 'status', status, error: { message: 'no' }, headers }) as const;
  server.calls.splice(0);
  server.script(failing(400), failing(429, { 'retry-after': '1' }), failing(408));
  const { id: pipelineId } = await createPipeline(scope, { name: graph.name, graph });
  const asked = { pipelineId, source: 'draft', trigger: 'start', input: {}, requestKey: null } as const;
  const { runId } = await startRun(scope, asked);
  const first = async <Row extends object>(sql: string): Promise<Row> => {
    for (;;) {
      const { rows } = await database.pool.query<Row>(sql, [runId]);
      if (rows[0]) return rows[0];
      await sleep(20);
    }
  };
  const { id, token } = await first<{ id: string; token: string }>(
    `select id, token from task where run_id = $1 and kind = 'failure'`,
  );
  await resolveTask(scope, { taskId: id, token, choice: 'edit', input: { prompt: 'As edited' } });
  await first(`select from run where id = $1 and status = 'completed'`);
  const said = server.calls.map(({ body }) => (body.messages as { content: string }[]).at(-1)?.content);
  expect(said).toEqual(['As drawn', 'As edited', 'As edited', 'As edited']);
}, 30_000);
