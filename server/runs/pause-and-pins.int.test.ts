import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendEvent } from '#server/events/send-event.ts';
import { listPins } from '#server/pins/list-pins.ts';
import { removePin } from '#server/pins/remove-pin.ts';
import { setPin } from '#server/pins/set-pin.ts';
import { graph, node } from '#server/testing/graph.ts';
import { httpServer, type TestHttpServer } from '#server/testing/http-server.ts';
import { type TestProduct, testProduct } from '#server/testing/product.ts';
import { pauseRun } from './pause-run.ts';
import { unpauseRun } from './unpause-run.ts';
import { getWhyNotMoving } from './why-not-moving.ts';

let product: TestProduct;
let outside: TestHttpServer;

beforeAll(async () => {
  outside = await httpServer();
  product = await testProduct({}, [outside.host]);
});
afterAll(async () => {
  await product.close();
  await outside.close();
});

const put = (id: string, path: string) =>
  node(id, 'http.request', { method: 'PUT' }, { url: JSON.stringify(`${outside.url}${path}`) });

describe('a paused run', () => {
  test('begins nothing until it is resumed, though its event comes meanwhile', async () => {
    const runId = await product.start(
      await product.pipeline(
        graph(
          'Paused',
          [node('wait', 'flow.wait', { mode: 'event', event: 'go' }, { key: 'run.id' }), put('after', '/after')],
          ['start.fired>wait', 'wait.ok>after'],
        ),
      ),
    );
    await product.row(`select from step where run_id = $1 and state = 'wait' and status = 'waiting'`, [runId]);
    expect(await pauseRun(product.scope, runId)).toEqual({ runId, paused: true });
    expect(await pauseRun(product.scope, runId)).toEqual({ runId, paused: false });
    await sendEvent(product.scope, { name: 'go', key: runId, data: null, dedupeKey: null });
    await product.row(`select from step where run_id = $1 and state = 'wait' and status = 'ready'`, [runId]);
    expect(await getWhyNotMoving(product.scope, runId)).toMatchObject({
      moving: false,
      summary: 'It was paused by operator.',
      steps: [{ state: 'wait', status: 'ready', kind: 'paused', waitsFor: 'operator to go on with the run' }],
    });
    expect(outside.count('PUT', '/after')).toBe(0);
    expect(await unpauseRun(product.scope, runId)).toEqual({ runId, unpaused: true });
    await product.until(runId, 'completed');
    expect(outside.count('PUT', '/after')).toBe(1);
    expect(await getWhyNotMoving(product.scope, runId)).toMatchObject({ summary: 'It has completed.', steps: [] });
  });
});

describe('a pinned node', () => {
  test('gives what was pinned in test runs and is not executed; production runs ignore it', async () => {
    const pipelineId = await product.pipeline(
      graph(
        'Pinned',
        [
          put('ask', '/pinned'),
          node('done', 'output', { fields: [{ name: 's', type: 'any' }] }, { s: 'nodes.ask.status' }),
        ],
        ['start.fired>ask', 'ask.ok>done'],
      ),
    );
    const pin = { pipelineId, nodeId: 'ask', outcome: 'ok', output: { status: 599, headers: {}, body: null } };
    await expect(setPin(product.scope, { ...pin, outcome: 'maybe' })).rejects.toThrow(
      'has no outcome "maybe". It has: ok',
    );
    await expect(setPin(product.scope, { ...pin, output: { status: 'x' } })).rejects.toThrow('output');
    await expect(setPin(product.scope, { ...pin, nodeId: 'done' })).rejects.toThrow('cannot be pinned');
    await setPin(product.scope, pin);
    expect(await listPins(product.scope, pipelineId)).toMatchObject([{ nodeId: 'ask', outcome: 'ok' }]);

    const outputOf = async (source: 'draft' | 'published') => {
      const runId = await product.start(pipelineId, {}, source);
      await product.until(runId, 'completed');
      return (await product.database.pool.query('select output from run where id = $1', [runId])).rows[0].output;
    };
    expect(await outputOf('draft')).toEqual({ s: 599 });
    expect(outside.count('PUT', '/pinned')).toBe(0);
    expect(await outputOf('published')).toEqual({ s: 200 });
    expect(await removePin(product.scope, { pipelineId, nodeId: 'ask' })).toEqual({ removed: true });
    expect(await outputOf('draft')).toEqual({ s: 200 });
    expect(outside.count('PUT', '/pinned')).toBe(2);
  });
});
