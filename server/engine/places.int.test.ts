import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { usualClass } from '#server/models/task-class.ts';
import { setTaskClass } from '#server/task-classes/set-task-class.ts';
import { testChromaUrl } from '#server/testing/database.ts';
import { graph, node } from '#server/testing/graph.ts';
import { type ModelServer, modelServer } from '#server/testing/model-server.ts';
import { type TestProduct, testProduct } from '#server/testing/product.ts';
import { type WorkerProcess, workerProcess } from '#server/testing/worker-process.ts';

/** Each worker does one thing at a time: without a limit that both share they would make two calls at once. */
const places = 1;
let server: ModelServer;
let product: TestProduct;
let second: WorkerProcess;
let pipelineId: string;

beforeAll(async () => {
  server = await modelServer();
  const env = { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: server.url, WORKER_CONCURRENCY: '1' };
  product = await testProduct(env);
  const { pool, url } = product.database;
  second = await workerProcess(pool, { DATABASE_URL: url, CHROMA_URL: testChromaUrl(), ...env });
  await setTaskClass(product.scope, { name: 'batch', settings: { ...usualClass, concurrency: places } });
  pipelineId = await product.pipeline(
    graph(
      'Together',
      [
        node('start', 'trigger.manual', { fields: [{ name: 'text', type: 'text' }] }),
        node('ask', 'llm.generate', { taskClass: 'batch', maxOutputTokens: 100 }, { prompt: 'run.input.text' }),
      ],
      ['start.fired>ask'],
    ),
  );
}, 60_000);
afterAll(async () => {
  await second.stop();
  await product.close();
  await server.close();
});
afterEach(async () => {
  expect((await product.database.pool.query('select * from sg_stuck')).rows).toEqual([]);
});

/** One after the other: what starts together goes to one worker. */
async function start(n: number): Promise<string[]> {
  const runs: string[] = [];
  for (let at = 0; at < n; at += 1) runs.push(await product.start(pipelineId, { text: `call ${at}` }));
  return runs;
}

test('two workers have no more calls of a kind of work under way at once than it may, and all are made', async () => {
  server.answer(() => ({ kind: 'text', text: 'x'.repeat(20), pauseMs: 50 }));
  const runs = await start(6);
  const { waiting } = await product.row<{ waiting: object }>(
    `select s.waiting from step s join step_attempt a on a.step_id = s.id join model_place p on p.worker_id <> a.worker
      where s.run_id = any($1) and s.waiting->>'kind' = 'place'`,
    [runs],
  );
  expect(waiting).toMatchObject({ kind: 'place', of: 'batch', places });
  for (const runId of runs) await product.until(runId, 'completed');
  expect(server.busiest()).toBe(places);
  expect(server.calls).toHaveLength(6);
  const { rows } = await product.database.pool.query(
    `select max(attempt) as attempts, (select count(*)::int from model_place) as taken, (select count(*)::int from model_place_waiter) as waiting
       from step where run_id = any($1)`,
    [runs],
  );
  expect(rows).toEqual([{ attempts: 1, taken: 0, waiting: 0 }]);
}, 30_000);

test('the places of a worker that dies are free again for those that wait', async () => {
  server.calls.splice(0);
  server.answer(() => ({ kind: 'silent' }));
  const runs = await start(3);
  await product.row(`select from model_place having count(*) = ${places}`, []);
  await product.row(`select from model_place_waiter having count(*) = 2`, []);
  await sleep(100);
  expect(server.calls).toHaveLength(places);
  // What was never answered is asked anew.
  server.answer(() => null);
  server.paid.clear();
  await Promise.all([second.killAndStartAgain(), product.worker.killAndStartAgain()]);
  for (const runId of runs) await product.until(runId, 'completed');
}, 30_000);
