import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideBudget } from '#server/inbox/decide-budget.ts';
import { getTask } from '#server/inbox/get-task.ts';
import { graph, node } from '#server/testing/graph.ts';
import { type TestProduct, testProduct } from '#server/testing/product.ts';
import { estimateRun } from './estimate-run.ts';
import { createBudget } from './save-budget.ts';
import { setPrice, setPriceSchema } from './set-price.ts';

let product: TestProduct;
beforeAll(async () => {
  product = await testProduct();
  Object.assign(process.env, { OPENAI_BASE_URL: '', OPENAI_API_KEY: '' });
});
afterAll(async () => await product.close());

const asking = (name: string, model: string) =>
  graph(
    name,
    [node('ask', 'llm.generate', { model, maxOutputTokens: 500 } as never, { prompt: '"Write a letter."' })],
    ['start.fired>ask'],
  );

test('without a provider a model can be given a price, so that budgets are tried before they cost anything; others stay free', async () => {
  const { scope } = product;
  const price = { provider: 'rehearsal', model: 'practice', inputMicros: 1_000_000_000, outputMicros: 1_000_000_000 };
  await setPrice(scope, setPriceSchema.parse(price));
  await createBudget(scope, { kind: 'run', pipelineId: null, limitMicros: 100_000, hard: true });
  const [practised, free] = [
    await product.pipeline(asking('Practised', 'practice')),
    await product.pipeline(asking('Free', 'gpt-4.1')),
  ];
  const estimated = async (pipelineId: string) =>
    (await estimateRun(scope, { pipelineId, source: 'draft', started: null })).run;
  expect((await estimated(practised))?.p90Micros).toBeGreaterThan(500_000);
  expect(await estimated(free)).toEqual({ p50Micros: 0, p90Micros: 0 });
  await product.until(await product.start(free), 'completed');

  const runId = await product.start(practised);
  const { id } = await product.row<{ id: string }>(`select id from task where run_id = $1 and kind = 'budget'`, [
    runId,
  ]);
  const task = await getTask(scope, id);
  const raise = (toMicros: number) => decideBudget(scope, { taskId: id, token: task.token, choice: 'raise', toMicros });
  await expect(raise(110_000)).rejects.toThrow('needs a budget of at least');
  await raise(5_000_000);
  await product.until(runId, 'completed');
  const { rows } = await product.database.pool.query('select spend_micros::int as micros from run where id = $1', [
    runId,
  ]);
  expect(rows[0].micros).toBeGreaterThan(0);
});
