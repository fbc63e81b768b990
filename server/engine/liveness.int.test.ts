import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type GraphInput, graphSchema } from '#nodes/core/graph.ts';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { createPipeline } from '#server/pipelines/create-pipeline.ts';
import { ensureFirstProject } from '#server/projects/first-project.ts';
import { applyRetention } from '#server/retention/apply-retention.ts';
import { startRun } from '#server/runs/start-run.ts';
import { type TestDatabase, testChromaUrl, testDatabase } from '#server/testing/database.ts';
import { type WorkerProcess, workerProcess } from '#server/testing/worker-process.ts';

let database: TestDatabase;
let scope: Scope;
let slow: Server;
let workers: WorkerProcess[] = [];
/** How long the server takes to answer, and how often it was asked. */
const server = { answersAfterMs: 200, asked: 0 };

beforeAll(async () => {
  database = await testDatabase();
  slow = createServer((request, response) => {
    server.asked += 1;
    const timer = setTimeout(() => response.end('"late"'), server.answersAfterMs);
    request.socket.once('close', () => clearTimeout(timer));
  });
  await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
  const { id } = await ensureFirstProject();
  await database.pool.query('update project set settings = $2 where id = $1', [id, { allowedHosts: [host()] }]);
  scope = scopeOf(id, 'test');
}, 60_000);
afterEach(async () => {
  for (const worker of workers) worker.thaw();
  await Promise.all(workers.map((worker) => worker.stop()));
  workers = [];
});
afterAll(async () => {
  slow.closeAllConnections();
  slow.close();
  await database.close();
});

const host = (): string => `127.0.0.1:${(slow.address() as AddressInfo).port}`;

/** Leases of 1.5 s, a drain of 0.3 s. */
async function begin(env: Record<string, string> = {}): Promise<WorkerProcess> {
  const worker = await workerProcess(database.pool, {
    DATABASE_URL: database.url,
    CHROMA_URL: testChromaUrl(),
    OPENAI_API_KEY: '',
    OPENAI_BASE_URL: '',
    SOLOGRAPH_TIMING_SCALE: '0.1',
    ...env,
  });
  workers.push(worker);
  return worker;
}

/** Starts runs that ask the slow server and then end. */
async function startRuns(count: number): Promise<string[]> {
  const graph: GraphInput = {
    format: 'solograph/graph',
    version: 1,
    name: `Asks ${Math.random()}`,
    nodes: [
      { id: 'start', type: 'trigger.manual', version: 1 },
      {
        id: 'ask',
        type: 'http.request',
        version: 1,
        inputs: { url: { kind: 'value', value: `http://${host()}/` } },
      },
      { id: 'end', type: 'flow.join', version: 1 },
    ],
    edges: [
      { id: 'e1', from: 'start', outcome: 'fired', to: 'ask' },
      { id: 'e2', from: 'ask', outcome: 'ok', to: 'end' },
    ],
  };
  const { id: pipelineId } = await createPipeline(scope, { name: graph.name, graph: graphSchema.parse(graph) });
  const start = { pipelineId, source: 'draft', trigger: 'start', input: {}, requestKey: null } as const;
  const started = await Promise.all(Array.from({ length: count }, () => startRun(scope, start)));
  return started.map(({ runId }) => runId);
}

const steps = async (runs: string[], where: string): Promise<number> =>
  (await database.pool.query(`select from step s where run_id = any($1::bigint[]) and ${where}`, [runs])).rowCount ?? 0;

async function until(there: () => Promise<boolean>, withinMs = 30_000): Promise<number> {
  const begun = performance.now();
  while (!(await there())) {
    if (performance.now() - begun > withinMs) throw new Error(`Not there after ${withinMs} ms.`);
    await sleep(20);
  }
  return performance.now() - begun;
}

const completed = (runs: string[]) => async (): Promise<boolean> =>
  (await database.pool.query(`select from run where id = any($1::bigint[]) and status = 'completed'`, [runs]))
    .rowCount === runs.length;
const underWay = (runs: string[], count: number) => async (): Promise<boolean> =>
  (await steps(runs, `state = 'ask' and status = 'running'`)) >= count;

/** Each step ended once, and the events of each run are gapless and tell of each end once. */
async function expectNothingLostOrDoubled(runs: string[]): Promise<void> {
  const { rows } = await database.pool.query<{ wrong: string }>(
    `select r.id || ': ' || count(*) || ' of ' || r.seq as wrong from run r join run_event_each e on e.run_id = r.id where r.id = any($1::bigint[])
      group by r.id having count(*) <> r.seq or count(*) filter (where e.kind = 'step.done') <> 3 or count(*) filter (where e.kind = 'run.completed') <> 1`,
    [runs],
  );
  expect(rows).toEqual([]);
  expect(await steps(runs, `status = 'done'`)).toBe(runs.length * 3);
  expect((await database.pool.query('select * from sg_stuck')).rows).toEqual([]);
}

test('200 runs that are in flight when their worker is killed are all done within seconds', async () => {
  server.answersAfterMs = 400;
  const worker = await begin({ SOLOGRAPH_TIMING_SCALE: '1' });
  const runs = await startRuns(200);
  await until(underWay(runs, 20));
  await worker.killAndStartAgain();
  expect(await until(completed(runs))).toBeLessThan(10_000);
  await expectNothingLostOrDoubled(runs);
  expect(await steps(runs, `state = 'ask' and attempt = 2`)).toBeGreaterThan(0);
}, 60_000);

test('a worker that stood still past its lease commits nothing when it wakes up, and ends', async () => {
  server.answersAfterMs = 600;
  const frozen = await begin();
  const runs = await startRuns(20);
  await until(underWay(runs, 20));
  frozen.freeze();
  await begin();
  await until(completed(runs));
  const ends = () =>
    database.pool.query('select id, seq, status from run where id = any($1::bigint[]) order by id', [runs]);
  const before = (await ends()).rows;
  frozen.thaw();
  expect(await frozen.ended()).toBe(75);
  expect((await ends()).rows).toEqual(before);
  await expectNothingLostOrDoubled(runs);
  expect(await steps(runs, `state = 'ask' and attempt = 2`)).toBe(20);
}, 60_000);

test('a worker that is told to stop hands over what does not finish, at once and not after a lease', async () => {
  server.answersAfterMs = 60_000;
  server.asked = 0;
  const leaving = await begin();
  const runs = await startRuns(3);
  await until(async () => server.asked === 3);
  await begin();
  server.answersAfterMs = 50;
  await leaving.stop();
  await until(completed(runs));
  expect(server.asked).toBe(6);
  const { rows } = await database.pool.query(
    `select a.result, a.ended_at <= w.stopped_at as "beforeItLeft", w.dead_at from step_attempt a join worker w on w.id = a.worker
       join step s on s.id = a.step_id where s.run_id = any($1::bigint[])`,
    [runs],
  );
  expect(rows).toEqual(Array(3).fill({ result: 'lost', beforeItLeft: true, dead_at: null }));
  await expectNothingLostOrDoubled(runs);
}, 60_000);

test('a worker that is told to stop lets steps finish that soon will', async () => {
  server.answersAfterMs = 400;
  server.asked = 0;
  const leaving = await begin({ SOLOGRAPH_TIMING_SCALE: '1' });
  const runs = await startRuns(10);
  await until(async () => server.asked === 10);
  await leaving.stop();
  expect(await steps(runs, `state = 'ask' and status = 'done' and attempt = 1`)).toBe(10);
  await begin();
  await until(completed(runs));
  expect(server.asked).toBe(10);
  await expectNothingLostOrDoubled(runs);
}, 60_000);

test('workers come and go while runs are under way, and nothing is lost', async () => {
  server.answersAfterMs = 100;
  const first = await begin();
  await begin();
  const runs = await startRuns(150);
  await until(underWay(runs, 10));
  await first.stop();
  await begin();
  await until(completed(runs));
  await expectNothingLostOrDoubled(runs);
}, 60_000);

test('retention goes on beside workers, and neither keeps the other from its work', async () => {
  server.answersAfterMs = 20;
  await begin();
  const past = await startRuns(120);
  await until(completed(past));
  await database.pool.query(`update run set ended_at = now() - interval '100 days' where id = any($1::bigint[])`, [
    past,
  ]);
  const runs = await startRuns(120);
  const [{ projects }] = await Promise.all([applyRetention(database.pool), until(completed(runs))]);
  expect(projects[0]).toMatchObject({ eventRuns: 120 });
  await expectNothingLostOrDoubled(runs);
  const { rows } = await database.pool.query(
    'select count(*)::int as n from run_event where run_id = any($1::bigint[])',
    [past],
  );
  expect(rows[0].n).toBe(0);
}, 60_000);

test('a step whose job has given up for good goes on all the same', async () => {
  const runs = await startRuns(3);
  await database.pool.query('update graphile_worker._private_jobs set attempts = max_attempts where locked_at is null');
  await begin();
  expect(await until(completed(runs))).toBeLessThan(20_000);
  await expectNothingLostOrDoubled(runs);
}, 60_000);
