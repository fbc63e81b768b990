import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GraphInput } from '#nodes/core/graph.ts';
import { graph, node } from '#server/testing/graph.ts';
import { httpServer, type TestHttpServer } from '#server/testing/http-server.ts';
import { type TestProduct, testProduct } from '#server/testing/product.ts';
import { getTask } from './get-task.ts';
import { listTasks } from './list-tasks.ts';
import { resolveTask } from './resolve-task.ts';
import type { TaskView } from './types.ts';

let product: TestProduct;
let outside: TestHttpServer;
let broken = true;

beforeAll(async () => {
  outside = await httpServer(({ path }) => ({ status: broken && path === '/order' ? 422 : 200, body: {} }));
  product = await testProduct({}, [outside.host]);
});
afterAll(async () => {
  await product.close();
  await outside.close();
});

const asking = (name: string): GraphInput =>
  graph(
    name,
    [
      node(
        'first',
        'http.request',
        { method: 'PUT', undo: { method: 'DELETE', url: `${outside.url}/first` } },
        { url: `"${outside.url}/first"` },
      ),
      node('order', 'http.request', { method: 'PUT' }, { url: `"${outside.url}/order"` }),
      node('done', 'output', { fields: [{ name: 'status', type: 'any' }] }, { status: 'nodes.order.status' }),
    ],
    ['start.fired>first', 'first.ok>order', 'order.ok>done'],
    { onFailure: 'ask' },
  );

async function failed(name: string): Promise<{ runId: string; task: TaskView }> {
  broken = true;
  const runId = await product.start(await product.pipeline(asking(name)));
  const { id } = await product.row<{ id: string }>(`select id from task where run_id = $1 and kind = 'failure'`, [
    runId,
  ]);
  return { runId, task: await getTask(product.scope, id) };
}

const outputOf = async (runId: string): Promise<unknown> =>
  (await product.database.pool.query('select output from run where id = $1', [runId])).rows[0].output;

describe('a step that failed for good', () => {
  test('asks the operator with what it ran with and why it failed', async () => {
    const { runId, task } = await failed('Asks');
    expect(task).toMatchObject({
      kind: 'failure',
      status: 'open',
      subject: 'Web request in Asks',
      request: { kind: 'failure', failure: { code: 'HTTP_STATUS' } },
      failed: { attempts: 1, input: { url: `${outside.url}/order` }, skip: { outcome: 'ok' } },
    });
    expect(task.reasons[0]).toContain('answered with status 422');
    expect((await listTasks(product.scope, { status: 'open', limit: 50, runId })).map(({ id }) => id)).toEqual([
      task.id,
    ]);
  });

  test('is tried again', async () => {
    const { runId, task } = await failed('Retried');
    broken = false;
    await resolveTask(product.scope, { taskId: task.id, token: task.token, choice: 'retry' });
    await product.until(runId, 'completed');
    expect(outside.count('PUT', '/order')).toBeGreaterThanOrEqual(2);
    await expect(
      resolveTask(product.scope, { taskId: task.id, token: task.token, choice: 'retry' }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('is tried again with edited input, which is checked by name', async () => {
    const { runId, task } = await failed('Edited');
    const edit = (input: Record<string, string | number>) =>
      resolveTask(product.scope, { taskId: task.id, token: task.token, choice: 'edit', input });
    await expect(edit({ url: 7 })).rejects.toThrow('input.url: expected');
    await expect(edit({ adress: 'x' })).rejects.toThrow('input.adress: the node has no such input. It has: url, body');
    await edit({ url: `${outside.url}/elsewhere` });
    await product.until(runId, 'completed');
    expect(outside.count('PUT', '/elsewhere')).toBe(1);
  });

  test('is skipped with a value that fits', async () => {
    const { runId, task } = await failed('Skipped');
    const skip = (value: Record<string, unknown> | undefined) =>
      resolveTask(product.scope, { taskId: task.id, token: task.token, choice: 'skip', value: value as never });
    await expect(skip(undefined)).rejects.toThrow('value: give what the node is taken to have given with "ok"');
    await expect(skip({ status: 'no' })).rejects.toThrow('value');
    await skip({ status: 299, headers: {}, body: null });
    await product.until(runId, 'completed');
    expect(await outputOf(runId)).toEqual({ status: 299 });
  });

  test('is stopped: the run fails as it did', async () => {
    const { runId, task } = await failed('Stopped');
    await expect(resolveTask(product.scope, { taskId: task.id, token: 'other', choice: 'stop' })).rejects.toThrow(
      'opened anew',
    );
    await resolveTask(product.scope, { taskId: task.id, token: task.token, choice: 'stop' });
    await product.until(runId, 'failed');
  });

  test('is answered by undoing the run', async () => {
    const { runId, task } = await failed('Undone');
    const before = outside.count('DELETE', '/first');
    const { undoId } = await resolveTask(product.scope, { taskId: task.id, token: task.token, choice: 'undo' });
    await product.row(`select from undo where id = $1 and status = 'done'`, [undoId]);
    await product.until(runId, 'cancelled');
    expect(outside.count('DELETE', '/first')).toBe(before + 1);
    expect((await getTask(product.scope, task.id)).decision).toMatchObject({ kind: 'choice', choice: 'undo' });
  });
});
