import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getWhyNotMoving } from '#server/runs/why-not-moving.ts';
import { graph, node } from '#server/testing/graph.ts';
import { type TestProduct, testProduct } from '#server/testing/product.ts';
import { sendEvent } from './send-event.ts';

let product: TestProduct;
let pipelineId: string;

beforeAll(async () => {
  product = await testProduct();
  pipelineId = await product.pipeline(
    graph(
      'Waits for a payment',
      [
        {
          ...node('start', 'trigger.manual', {
            fields: [{ name: 'order', title: 'Order', type: 'text', required: true }],
          }),
        },
        node('wait', 'flow.wait', { mode: 'event', event: 'paid' }, { key: 'run.input.order' }),
        node('done', 'output', { fields: [{ name: 'data', type: 'any' }] }, { data: 'nodes.wait.data' }),
      ],
      ['start.fired>wait', 'wait.ok>done'],
    ),
  );
});
afterAll(async () => await product.close());

const send = (key: string, data: number, dedupeKey: string | null = null) =>
  sendEvent(product.scope, { name: 'paid', key, data, dedupeKey });
const waits = (runId: string) =>
  product.row(`select from step where run_id = $1 and state = 'wait' and status = 'waiting'`, [runId]);
const dataOf = async (runId: string): Promise<unknown> => {
  await product.until(runId, 'completed');
  return (await product.database.pool.query('select output from run where id = $1', [runId])).rows[0].output.data;
};

describe('an event', () => {
  test('moves the run that waits for it, and says before what it waits for', async () => {
    const runId = await product.start(pipelineId, { order: 'A' });
    await waits(runId);
    expect((await getWhyNotMoving(product.scope, runId)).steps).toMatchObject([
      { state: 'wait', kind: 'event', waitsFor: 'the event paid with the key A', stuck: false },
    ]);
    expect(await send('other', 0)).toEqual({ delivered: false, repeated: false });
    expect(await send('A', 1)).toEqual({ delivered: true, repeated: false });
    expect(await dataOf(runId)).toBe(1);
  });

  test('that comes first is kept for the run that waits a moment later', async () => {
    const runId = await product.start(pipelineId, { order: 'B' });
    const early = await send('B', 2);
    expect(early.repeated).toBe(false);
    expect(await dataOf(runId)).toBe(2);
  });

  test('that comes at the very moment is never missed', async () => {
    const runs = await Promise.all(
      Array.from({ length: 12 }, async (_, i) => {
        const started = product.start(pipelineId, { order: `C${i}` });
        await new Promise((resolve) => setTimeout(resolve, i * 7));
        const runId = await started;
        await send(`C${i}`, i);
        return runId;
      }),
    );
    expect(await Promise.all(runs.map(dataOf))).toEqual(runs.map((_, i) => i));
  });

  test('sent twice under the same key of the sender is one event', async () => {
    const first = await product.start(pipelineId, { order: 'D' });
    await waits(first);
    expect(await send('D', 4, 'payment-4')).toEqual({ delivered: true, repeated: false });
    expect(await dataOf(first)).toBe(4);
    const second = await product.start(pipelineId, { order: 'D' });
    await waits(second);
    expect(await send('D', 4, 'payment-4')).toEqual({ delivered: false, repeated: true });
    expect(await send('D', 5, 'payment-5')).toEqual({ delivered: true, repeated: false });
    expect(await dataOf(second)).toBe(5);
  });

  test('is taken by one of two runs that wait for the same: the first to wait', async () => {
    const first = await product.start(pipelineId, { order: 'E' });
    await waits(first);
    const second = await product.start(pipelineId, { order: 'E' });
    await waits(second);
    await Promise.all([send('E', 6), send('E', 7)]);
    expect([await dataOf(first), await dataOf(second)].sort()).toEqual([6, 7]);
  });
});
