import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { graph, node } from '#server/testing/graph.ts';
import { httpServer, type TestHttpServer } from '#server/testing/http-server.ts';
import { type TestProduct, testProduct } from '#server/testing/product.ts';
import { undoPlan } from '#server/undo/undo-plan.ts';
import { undoRun } from '#server/undo/undo-run.ts';
import { undoStatus } from '#server/undo/undo-status.ts';
import { listCheckpoints } from './list-checkpoints.ts';
import { rewindRun } from './rewind-run.ts';

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
  node(
    id,
    'http.request',
    { method: 'PUT', undo: { method: 'DELETE', url: `${outside.url}${path}` } },
    { url: JSON.stringify(`${outside.url}${path}`) },
  );

async function seqOf(runId: string, state: string, path = ''): Promise<number> {
  const { items } = await listCheckpoints(product.scope, { runId, limit: 500 });
  const found = items.find((row) => row.state === state && row.path === path);
  if (!found) throw new Error(`${state} has no checkpoint.`);
  return found.seq;
}

describe('a rewind', () => {
  test('takes back what came after the checkpoint, then the same run goes on from there under new keys', async () => {
    const runId = await product.start(
      await product.pipeline(
        graph('Chain', [put('a', '/a'), put('b', '/b'), put('c', '/c')], ['start.fired>a', 'a.ok>b', 'b.ok>c']),
      ),
    );
    await product.until(runId, 'completed');
    const seq = await seqOf(runId, 'a');
    expect((await undoPlan(product.scope, { runId, toSeq: seq })).items.map(({ state }) => state)).toEqual(['c', 'b']);
    await rewindRun(product.scope, { runId, seq });
    await product.row(`select from run where id = $1 and generation = 1 and status = 'completed'`, [runId]);
    const calls = outside.calls.map(({ method, path }) => `${method} ${path}`);
    expect(calls).toEqual(['PUT /a', 'PUT /b', 'PUT /c', 'DELETE /c', 'DELETE /b', 'PUT /b', 'PUT /c']);
    const keys = outside.calls.filter(({ method, path }) => method === 'PUT' && path === '/b').map(({ key }) => key);
    expect(keys).toEqual([`${runId}:b:`, `${runId}~1:b:`]);
    const { rows } = await product.database.pool.query(
      'select seq from run_event_each where run_id = $1 order by seq',
      [runId],
    );
    expect(rows.map((row) => row.seq)).toEqual(rows.map((_, i) => i + 1));
    expect(await undoStatus(product.scope, runId)).toMatchObject({ kind: 'rewind', status: 'done' });

    // What runs again can be undone like anything else, each under the key that it acted with.
    await undoRun(product.scope, runId);
    await product.row(`select from run where id = $1 and undo = 'undone'`, [runId]);
    expect(outside.calls.slice(7).map(({ method, path }) => `${method} ${path}`)).toEqual([
      'DELETE /c',
      'DELETE /b',
      'DELETE /a',
    ]);
  });

  test('of a run that waits goes back to the middle of a map', async () => {
    const runId = await product.start(
      await product.pipeline(
        graph(
          'Waits',
          [
            node('each', 'flow.map', { concurrency: 1 }, { items: '["x", "y"]' }),
            node('call', 'http.request', { method: 'PUT' }, { url: `"${outside.url}/" + item` }),
            node('wait', 'flow.wait', { mode: 'event', event: 'go' }, { key: 'run.id' }),
          ],
          ['start.fired>each', 'each.each>call', 'each.done>wait'],
        ),
      ),
    );
    await product.until(runId, 'waiting');
    await product.row(`select from step where run_id = $1 and state = 'wait' and status = 'waiting'`, [runId]);
    const { undoId } = await rewindRun(product.scope, { runId, seq: await seqOf(runId, 'call', 'each:0') });
    await product.row(`select from undo where id = $1 and status <> 'running'`, [undoId]);
    await product.row(`select from step where run_id = $1 and state = 'wait' and status = 'waiting'`, [runId]);
    expect(['x', 'y'].map((item) => outside.count('PUT', `/${item}`))).toEqual([1, 2]);
    const { rows } = await product.database.pool.query('select active, waiting, status from run where id = $1', [
      runId,
    ]);
    expect(rows[0]).toEqual({ active: 0, waiting: 1, status: 'waiting' });
    expect((await product.database.pool.query('select * from sg_stuck')).rows).toEqual([]);
    await expect(rewindRun(product.scope, { runId, seq: 99_999 })).rejects.toThrow('seq: the run has checkpoints');
  });
});
