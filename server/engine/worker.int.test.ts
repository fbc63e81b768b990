import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GraphInput, graphSchema } from '#nodes/core/graph.ts';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { createPipeline } from '#server/pipelines/create-pipeline.ts';
import { ensureFirstProject } from '#server/projects/first-project.ts';
import { cancelRun } from '#server/runs/cancel-run.ts';
import { getRunReport, type RunReport } from '#server/runs/report.ts';
import { startRun } from '#server/runs/start-run.ts';
import { type TestDatabase, testChromaUrl, testDatabase } from '#server/testing/database.ts';
import { type WorkerProcess, workerProcess } from '#server/testing/worker-process.ts';

const answersAfterMs = 1_500;

let database: TestDatabase;
let worker: WorkerProcess;
let scope: Scope;
let slow: Server;
const requests = { begun: 0, closedEarly: 0 };

beforeAll(async () => {
  database = await testDatabase();
  slow = createServer((request, response) => {
    requests.begun += 1;
    const timer = setTimeout(() => response.end('"late"'), answersAfterMs);
    request.socket.once('close', () => {
      clearTimeout(timer);
      if (!response.writableEnded) requests.closedEarly += 1;
    });
  });
  await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
  worker = await workerProcess(database.pool, {
    DATABASE_URL: database.url,
    CHROMA_URL: testChromaUrl(),
    OPENAI_API_KEY: '',
    OPENAI_BASE_URL: '',
  });
  const { id } = await ensureFirstProject();
  await database.pool.query('update project set settings = $2 where id = $1', [
    id,
    { allowedHosts: [`127.0.0.1:${port()}`] },
  ]);
  scope = scopeOf(id, 'test');
}, 60_000);
afterAll(async () => {
  await worker.stop();
  slow.closeAllConnections();
  slow.close();
  await database.close();
});

const port = (): number => (slow.address() as AddressInfo).port;

async function start(nodes: GraphInput['nodes'], edges: GraphInput['edges']): Promise<string> {
  const graph = graphSchema.parse({
    format: 'solograph/graph',
    version: 1,
    name: `Test ${Math.random()}`,
    nodes: [{ id: 'start', type: 'trigger.manual', version: 1 }, ...nodes],
    edges,
  });
  const { id: pipelineId } = await createPipeline(scope, { name: graph.name, graph });
  return (await startRun(scope, { pipelineId, source: 'draft', trigger: 'start', input: {}, requestKey: null })).runId;
}

const startSlow = (): Promise<string> =>
  start(
    [
      {
        id: 'ask',
        type: 'http.request',
        version: 1,
        inputs: { url: { kind: 'value', value: `http://127.0.0.1:${port()}/` } },
      },
    ],
    [{ id: 'e', from: 'start', outcome: 'fired', to: 'ask' }],
  );

async function until(runId: string, there: (report: RunReport) => boolean): Promise<RunReport> {
  for (let report = await getRunReport(scope, runId); ; report = await getRunReport(scope, runId)) {
    if (there(report)) return report;
    await sleep(30);
  }
}

const running = ({ steps }: RunReport): boolean =>
  steps.some(({ stateId, status }) => stateId === 'ask' && status === 'running');
const ended = ({ status }: RunReport): boolean => ['completed', 'failed', 'cancelled'].includes(status);

test('cancelling a run stops the step that is running, at once', async () => {
  const runId = await startSlow();
  await until(runId, () => requests.begun > 0);
  const before = requests.closedEarly;
  await cancelRun(scope, runId);
  const report = await getRunReport(scope, runId);
  expect([report.status, report.steps.at(-1)?.status]).toEqual(['cancelled', 'cancelled']);
  for (let tries = 0; requests.closedEarly === before && tries < 30; tries += 1) await sleep(30);
  expect(requests.closedEarly).toBe(before + 1);
}, 20_000);

test('a worker that is killed in the middle of a step loses it to the next one, which finishes the run', async () => {
  const runId = await startSlow();
  await until(runId, running);
  await worker.killAndStartAgain();
  const report = await until(runId, ended);
  expect(report.status).toBe('completed');
  expect(report.steps.at(-1)).toMatchObject({ stateId: 'ask', attempt: 2, outcome: 'ok' });
}, 20_000);

test('an approval that nobody decides in time takes its timeout branch', async () => {
  const runId = await start(
    [
      { id: 'ask', type: 'human.approval', version: 1, config: { title: 'Agree?', timeoutMs: 60_000 } },
      { id: 'late', type: 'output', version: 1 },
    ],
    [
      { id: 'e1', from: 'start', outcome: 'fired', to: 'ask' },
      { id: 'e2', from: 'ask', outcome: 'timeout', to: 'late' },
    ],
  );
  await until(runId, ({ status }) => status === 'waiting');
  await database.pool.query(
    `update graphile_worker._private_jobs set run_at = now() where task_id = (select id from graphile_worker._private_tasks where identifier = 'expire')`,
  );
  const report = await until(runId, ended);
  expect(report.steps.map(({ stateId, outcome }) => [stateId, outcome])).toEqual([
    ['start', 'fired'],
    ['ask', 'timeout'],
    ['late', 'done'],
  ]);
}, 20_000);
