import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { provideEnv } from '#server/env.ts';
import { decideBatch } from '#server/inbox/decide-batch.ts';
import { usualClass } from '#server/models/task-class.ts';
import { estimateRun } from '#server/money/estimate-run.ts';
import { cancelRun } from '#server/runs/cancel-run.ts';
import { getWhyNotMoving } from '#server/runs/why-not-moving.ts';
import { setTaskClass } from '#server/task-classes/set-task-class.ts';
import { graph, node } from '#server/testing/graph.ts';
import { type ModelServer, modelServer } from '#server/testing/model-server.ts';
import { type TestProduct, testProduct } from '#server/testing/product.ts';

let server: ModelServer;
let product: TestProduct;
let pipelineId: string;

beforeAll(async () => {
  server = await modelServer();
  product = await testProduct({ OPENAI_API_KEY: 'k', OPENAI_BASE_URL: server.url });
  await setTaskClass(product.scope, { name: 'batch', settings: { ...usualClass, batchEndpoint: true } });
  pipelineId = await product.pipeline(
    graph(
      'Overnight',
      [
        node('start', 'trigger.manual', { fields: [{ name: 'text', type: 'text' }] }),
        node('ask', 'llm.generate', { taskClass: 'batch', maxOutputTokens: 100 }, { prompt: 'run.input.text' }),
      ],
      ['start.fired>ask'],
    ),
  );
}, 60_000);
afterAll(async () => {
  await product.close();
  await server.close();
});
beforeEach(() => {
  server.batches.made.splice(0);
  server.batches.lookFails(null);
});
afterEach(async () => {
  expect((await product.database.pool.query('select * from sg_stuck')).rows).toEqual([]);
  await product.database.pool.query('delete from budget_period; delete from budget');
});

const start = (text: string) => product.start(pipelineId, { text });
const waits = (runId: string) =>
  product.row<{ waiting: { of: string } }>(
    `select waiting from step where run_id = $1 and status = 'waiting' and waiting->>'kind' = 'batch'`,
    [runId],
  );
const stepOf = (runId: string) =>
  product.row<{ attempt: number; outcome: string; failure: { code: string } | null; cost: string }>(
    `select attempt, outcome, failure, cost_micros::text as cost from step where run_id = $1 and state = 'ask'`,
    [runId],
  );
/** 100 tokens in and 20 out of gpt-4.1-mini are $0.000072; a batch costs half of it. */
const halfMicros = 36;

test('calls travel together, wait without a worker, survive its death, and are paid once at half the price', async () => {
  await product.database.pool.query(
    `insert into budget (id, project_id, kind, hard, limit_micros, time_zone, created_by) values (gen_random_uuid(), $1, 'project', true, 1000000, 'UTC', 'op')`,
    [product.scope.projectId],
  );
  server.batches.become('held');
  const runs = await Promise.all(['one', 'two', 'three'].map(start));
  for (const runId of runs) await waits(runId);
  await product.row(`select from model_batch where state = 'open'`, []);
  expect(server.batches.made.flatMap(({ lines }) => lines)).toHaveLength(3);
  const [held] = (await product.database.pool.query('select reserved_micros::int as reserved from budget_period')).rows;
  expect(held.reserved).toBeGreaterThanOrEqual(3 * halfMicros);

  await product.worker.killAndStartAgain();
  server.batches.become('completed');
  for (const runId of runs) await product.until(runId, 'completed');
  expect(server.batches.made).toHaveLength(1);
  expect(server.batches.made[0]?.lines[0]?.body).toMatchObject({ model: 'gpt-4.1-mini', max_tokens: 100 });
  expect(server.calls.filter(({ path }) => path.endsWith('/chat/completions'))).toEqual([]);
  for (const runId of runs)
    expect(await stepOf(runId)).toMatchObject({ attempt: 1, outcome: 'ok', cost: `${halfMicros}` });
  const { rows } = await product.database.pool.query(
    `select spent_micros::int as spent, reserved_micros::int as reserved from budget_period`,
  );
  expect(rows).toEqual([{ spent: 3 * halfMicros, reserved: 0 }]);
}, 30_000);

test('a batch whose answer was lost on its way is found again, not sent twice', async () => {
  server.batches.become('completed');
  server.batches.loseAnswer();
  const runId = await start('lost');
  await product.until(runId, 'completed');
  expect(server.batches.made).toHaveLength(1);
}, 30_000);

test('a line that is refused fails with its code, and the others of its batch do not', async () => {
  server.batches.become('completed');
  const [good, bad] = await Promise.all([start('good'), start('refuse this')]);
  await product.until(good ?? '', 'completed');
  await product.until(bad ?? '', 'failed');
  expect(await stepOf(bad ?? '')).toMatchObject({ failure: { code: 'MODEL_REJECTED' }, cost: '0' });
}, 30_000);

test('a batch that expired is a failure that is tried again, and told as such', async () => {
  server.batches.become('expired');
  const runId = await start('late');
  await product.row(`select from step where run_id = $1 and failure->>'code' = 'MODEL_TIMEOUT'`, [runId]);
  server.batches.become('completed');
  await product.until(runId, 'completed');
  expect(await stepOf(runId)).toMatchObject({ attempt: 2, cost: `${halfMicros}` });
  expect(server.batches.made).toHaveLength(2);
}, 30_000);

test('a run that is cancelled meanwhile leaves nothing behind', async () => {
  server.batches.become('held');
  const runId = await start('cancelled');
  await waits(runId);
  await cancelRun(product.scope, runId);
  server.batches.become('completed');
  await product.row(
    'select where not exists (select from model_batch_call) and not exists (select from model_batch)',
    [],
  );
}, 30_000);

type Troubled = { of: string; trouble?: { code: string; message: string; sinceMs: number } };
const troubled = (runId: string, code: string) =>
  product.row<{ waiting: Required<Troubled> }>(
    `select waiting from step where run_id = $1 and status = 'waiting' and waiting->'trouble'->>'code' = $2`,
    [runId, code],
  );
const asked = (runId: string) =>
  product.row<{ id: string; token: string; title: string }>(
    `select id, token, title from task where run_id = $1 and status = 'open' and kind = 'batch'`,
    [runId],
  );

test('a batch whose key is refused says so meanwhile, asks once, and is fetched when the key works again', async () => {
  server.batches.become('held');
  server.batches.lookFails(401);
  const runs = await Promise.all(['one', 'two'].map(start));
  for (const runId of runs) {
    const { waiting } = await troubled(runId, 'MODEL_REJECTED');
    expect(waiting.trouble.message).toContain('refused the key (401)');
    expect(Math.abs(Date.now() - waiting.trouble.sinceMs)).toBeLessThan(20_000);
  }
  const tasks = `select id, token, run_id::text as run, request->'trouble'->>'asked' as asked from task where run_id = any($1) and status = 'open'`;
  const { rows } = await product.database.pool.query(tasks, [runs]);
  expect(rows).toHaveLength(1);
  const why = await getWhyNotMoving(product.scope, rows[0].run);
  expect(why.steps[0]).toMatchObject({ kind: 'batch', taskId: rows[0].id });
  expect(why.steps[0]?.waitsFor).toContain('refused the key (401)');

  await decideBatch(product.scope, { taskId: rows[0].id, token: rows[0].token, choice: 'look' });
  const again = await product.row<{ id: string; token: string }>(
    `select id, token from task where run_id = any($1) and status = 'open' and id <> $2`,
    [runs, rows[0].id],
  );
  server.batches.lookFails(null);
  server.batches.become('completed');
  await decideBatch(product.scope, { taskId: again.id, token: again.token, choice: 'look' });
  for (const runId of runs) {
    await product.until(runId, 'completed');
    expect(await stepOf(runId)).toMatchObject({ attempt: 1, outcome: 'ok', cost: `${halfMicros}` });
    const { prompts } = await product.row<{ prompts: number }>(
      `select (select count(*)::int from jsonb_array_elements(v.provenance) p where p->>'kind' = 'prompt') as prompts
         from step s join step_value v on v.step_id = s.id where s.run_id = $1 and s.state = 'ask'`,
      [runId],
    );
    expect(prompts).toBe(1);
  }
  expect((await product.database.pool.query(tasks, [runs])).rows).toEqual([]);
  expect(server.batches.made).toHaveLength(1);
}, 30_000);

test.each([
  [404, 'MODEL_REJECTED', 'does not know the batch'],
  [500, 'MODEL_UNAVAILABLE', 'denied (500)'],
  ['silent', 'MODEL_UNAVAILABLE', 'cannot be reached'],
] as const)(
  'one that answers %s is %s while it waits, and no longer once it is seen',
  async (how, code, said) => {
    server.batches.become('held');
    server.batches.lookFails(how);
    const runId = await start(`look ${how}`);
    expect((await troubled(runId, code)).waiting.trouble.message).toContain(said);
    server.batches.lookFails(null);
    await lookNow();
    await product.row(
      `select from step where run_id = $1 and status = 'waiting' and waiting->>'kind' = 'batch' and waiting->'trouble' is null`,
      [runId],
    );
    server.batches.become('completed');
    await lookNow();
    await product.until(runId, 'completed');
  },
  30_000,
);

test('one that was never seen again is given up after 26 hours, with what to do; the next attempt sends it anew', async () => {
  server.batches.become('held');
  server.batches.lookFails(404);
  const runId = await start('lost for ever');
  await troubled(runId, 'MODEL_REJECTED');
  await product.database.pool.query(`update model_batch set at = at - interval '26 hours'`);
  await lookNow();
  await product.until(runId, 'failed');
  const { failure, cost } = await product.row<{ failure: { code: string; message: string }; cost: string }>(
    `select failure, cost_micros::text as cost from step where run_id = $1 and state = 'ask'`,
    [runId],
  );
  expect(failure).toMatchObject({ code: 'MODEL_BATCH_LOST', details: { batch: 'batch_1', last: 'MODEL_REJECTED' } });
  expect(failure.message).toMatch(/look for batch_1 at the provider.*try the step again/);
  expect(cost).toBe('0');
}, 30_000);

test('the operator gives up one that cannot be looked at: all its steps fail with the code', async () => {
  server.batches.become('held');
  server.batches.lookFails(401);
  const runs = await Promise.all(['one', 'two'].map(start));
  const { id, token } = await Promise.race(runs.map(asked));
  await decideBatch(product.scope, { taskId: id, token, choice: 'stop' });
  for (const runId of runs) {
    await product.until(runId, 'failed');
    expect(await stepOf(runId)).toMatchObject({ failure: { code: 'MODEL_BATCH_LOST' }, cost: '0' });
  }
  await expect(decideBatch(product.scope, { taskId: id, token, choice: 'look' })).rejects.toThrow('already decided');
}, 30_000);

/** The next look comes at once; it would come by itself within a minute. */
const lookNow = () =>
  product.database.pool.query(
    `with due as (update model_batch set look_at = now() returning 1)
     select graphile_worker.add_job('model-batches', job_key := 'model-batches') from (select count(*) from due) due`,
  );

test('what it is likely to cost is told at the price of batches', async () => {
  // This process asks as the worker does.
  Object.assign(process.env, { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: server.url });
  provideEnv({});
  const asked = { pipelineId, source: 'published', started: null } as const;
  const half = await estimateRun(product.scope, asked);
  await setTaskClass(product.scope, { name: 'batch', settings: usualClass });
  const whole = await estimateRun(product.scope, asked);
  const p90 = (of: typeof half) => of.nodes.ask?.once?.p90Micros ?? 0;
  expect(p90(half)).toBeGreaterThan(0);
  expect(Math.abs(p90(whole) / p90(half) - 2)).toBeLessThan(0.1);
});
