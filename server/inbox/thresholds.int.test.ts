import { afterAll, beforeAll, expect, test } from 'vitest';
import { graph, node } from '#server/testing/graph.ts';
import { httpServer, type TestHttpServer } from '#server/testing/http-server.ts';
import { type TestProduct, testProduct } from '#server/testing/product.ts';
import { getTask } from './get-task.ts';
import { reviewTask } from './review-task.ts';

let product: TestProduct;
let outside: TestHttpServer;

beforeAll(async () => {
  outside = await httpServer(() => ({ status: 422, body: {} }));
  product = await testProduct({}, [outside.host]);
});
afterAll(async () => {
  await product.close();
  await outside.close();
});

test('three failed outreach attempts hold the pipeline for review: nothing is started until it is released, and each threshold asks once', async () => {
  const { scope } = product;
  const pipelineId = await product.pipeline(
    graph(
      'Outreach',
      [node('reach', 'http.request', { method: 'PUT' }, { url: `"${outside.url}/reach"` })],
      ['start.fired>reach'],
      {
        thresholds: [{ name: 'Three failed attempts', nodes: ['reach'], failures: 3, withinMs: 3_600_000, hold: true }],
      },
    ),
  );
  const fail = async (source: 'draft' | 'published') =>
    await product.until(await product.start(pipelineId, {}, source), 'failed');
  for (let i = 0; i < 3; i += 1) await fail('draft');
  await fail('published');
  await fail('published');
  await product.row(
    `select where not exists (select from graphile_worker.jobs where task_identifier = 'check-thresholds')`,
    [],
  );
  expect((await product.database.pool.query(`select from task where kind = 'review'`)).rowCount).toBe(0);

  await fail('published');
  const { id } = await product.row<{ id: string }>(`select id from task where kind = 'review'`, []);
  const task = await getTask(scope, id);
  expect(task).toMatchObject({
    kind: 'review',
    title: 'Three failed attempts',
    subject: 'Outreach',
    request: { kind: 'review', failures: 3, hold: true },
  });
  expect(task.reasons).toHaveLength(3);
  await expect(product.start(pipelineId)).rejects.toMatchObject({
    code: 'PIPELINE_HELD',
    message: expect.stringContaining('"Three failed attempts" was reached. Review it in the inbox and release it'),
  });
  // Tests go on, so that the operator can find out what is wrong.
  await fail('draft');

  expect(await reviewTask(scope, { taskId: id, choice: 'keep-held' })).toEqual({ taskId: id, held: true });
  await expect(product.start(pipelineId)).rejects.toMatchObject({ code: 'PIPELINE_HELD' });
  expect(await reviewTask(scope, { taskId: id, choice: 'release' })).toEqual({ taskId: id, held: false });
  await expect(reviewTask(scope, { taskId: id, choice: 'release' })).rejects.toMatchObject({ code: 'CONFLICT' });
  // What failed before the review is not counted again.
  await fail('published');
  await product.row(
    `select where not exists (select from graphile_worker.jobs where task_identifier = 'check-thresholds')`,
    [],
  );
  expect((await product.database.pool.query(`select from task where kind = 'review'`)).rowCount).toBe(1);
  const { rows } = await product.database.pool.query(
    `select action from audit_entry where subject = $1 and action like 'pipeline.%' order by id`,
    [pipelineId],
  );
  expect(rows.map(({ action }) => action)).toEqual([
    'pipeline.create',
    'pipeline.publish',
    'pipeline.hold',
    'pipeline.keep-held',
    'pipeline.release',
  ]);
}, 60_000);
