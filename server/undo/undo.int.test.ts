import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { graph, node } from '#server/testing/graph.ts';
import { type HttpReply, httpServer, type TestHttpServer } from '#server/testing/http-server.ts';
import { type TestProduct, testProduct } from '#server/testing/product.ts';
import type { UndoStatus } from './types.ts';
import { undoPlan } from './undo-plan.ts';
import { undoRun } from './undo-run.ts';
import { undoStatus } from './undo-status.ts';

let product: TestProduct;
let outside: TestHttpServer;
let hold: ((call: { method: string; path: string }) => HttpReply | Promise<HttpReply>) | null = null;

beforeAll(async () => {
  outside = await httpServer((call, calls) => (hold ? hold(call) : { status: 200, body: { id: calls.length } }));
  product = await testProduct({}, [outside.host]);
});
afterAll(async () => {
  await product.close();
  await outside.close();
});

const taking = (undo: object | null) => ({ method: 'PUT', undo });
const put = (id: string, path: string, undo: string | null) =>
  node(id, 'http.request', taking(undo === null ? null : { method: 'DELETE', url: `${outside.url}${undo}` }), {
    url: JSON.stringify(`${outside.url}${path}`),
  });

async function ended(runId: string): Promise<UndoStatus> {
  await product.row(`select from undo where run_id = $1 and status <> 'running' order by id desc`, [runId]);
  const status = await undoStatus(product.scope, runId);
  if (!status) throw new Error('Nobody asked.');
  return status;
}

describe('undo of a run', () => {
  test('takes back the newest first, each once, and says what cannot be', async () => {
    const pipeline = await product.pipeline(
      graph(
        'Orders',
        [put('first', '/a', '/a'), put('second', '/b', null), put('third', '/c', '/c')],
        ['start.fired>first', 'first.ok>second', 'second.ok>third'],
      ),
    );
    const runId = await product.start(pipeline);
    await product.until(runId, 'completed');
    const plan = await undoPlan(product.scope, { runId, toSeq: 0 });
    expect(plan.items.map(({ state, can }) => [state, can])).toEqual([
      ['third', 'reverts'],
      ['second', 'cannot'],
      ['first', 'reverts'],
    ]);
    expect(plan.items[1]?.why).toBe(`PUT ${outside.url}/b cannot be undone.`);
    expect(plan).toMatchObject({ revertible: 2, offers: 0, irreversible: 1, total: 3, alreadyUndone: 0 });

    await undoRun(product.scope, runId);
    await expect(undoRun(product.scope, runId)).rejects.toMatchObject({ code: 'CONFLICT' });
    const status = await ended(runId);
    expect(status.status).toBe('partly');
    expect(status.items.map((item) => item.status)).toEqual(['reverted', 'cannot', 'reverted']);
    const deletes = outside.calls.filter(({ method }) => method === 'DELETE').map(({ path }) => path);
    expect(deletes).toEqual(['/c', '/a']);
    await expect(undoRun(product.scope, runId)).rejects.toThrow('was undone already, as far as that is possible');
    const { rows } = await product.database.pool.query(
      `select kind from run_event_each where run_id = $1 and kind like '%undo%' or run_id = $1 and kind like '%undone' order by seq`,
      [runId],
    );
    expect(rows.map(({ kind }) => kind)).toEqual(['run.undoing', 'step.undone', 'step.undone', 'run.undone']);
  });

  test('runs what was drawn at the undo handle', async () => {
    const pipeline = await product.pipeline(
      graph(
        'Drawn',
        [
          put('make', '/made', null),
          node('unmake', 'http.request', { method: 'DELETE' }, { url: `"${outside.url}/made/" + run.id` }),
        ],
        ['start.fired>make', 'make.undo>unmake'],
      ),
    );
    const runId = await product.start(pipeline);
    await product.until(runId, 'completed');
    expect((await undoPlan(product.scope, { runId, toSeq: 0 })).items[0]).toMatchObject({
      state: 'make',
      can: 'reverts',
    });
    await undoRun(product.scope, runId);
    expect(await ended(runId)).toMatchObject({ status: 'done', items: [{ status: 'reverted' }] });
    expect(outside.count('DELETE', `/made/${runId}`)).toBe(1);
    await expect(undoRun(product.scope, runId)).rejects.toThrow('was undone already. There is nothing left to undo.');
  });

  test('that is killed in the middle goes on, and repeats nothing that it had done', async () => {
    const names = ['k1', 'k2', 'k3', 'k4'];
    const pipeline = await product.pipeline(
      graph(
        'Killed',
        names.map((name) => put(name, `/${name}`, `/${name}`)),
        names.map((name, i) => (i === 0 ? `start.fired>${name}` : `${names[i - 1]}.ok>${name}`)),
      ),
    );
    const runId = await product.start(pipeline);
    await product.until(runId, 'completed');
    let killed = false;
    hold = ({ method, path }) => (method === 'DELETE' && path === '/k2' && !killed ? null : { status: 200, body: {} });
    await undoRun(product.scope, runId);
    await product.row(`select from undo_item where state = 'k2' and status = 'running'`, []);
    await new Promise<void>((resolve) => {
      const look = setInterval(() => {
        if (outside.count('DELETE', '/k2') === 1) {
          clearInterval(look);
          resolve();
        }
      }, 10);
    });
    killed = true;
    await product.worker.killAndStartAgain();
    const status = await ended(runId);
    hold = null;
    expect(status).toMatchObject({ status: 'done' });
    expect(status.items.map(({ status: at }) => at)).toEqual(['reverted', 'reverted', 'reverted', 'reverted']);
    const deletes = outside.calls.filter(({ method, path }) => method === 'DELETE' && path.startsWith('/k'));
    expect(deletes.map(({ path }) => path)).toEqual(['/k4', '/k3', '/k2', '/k2', '/k1']);
    expect(new Set(deletes.map(({ key }) => key)).size).toBe(4);
  }, 60_000);

  test('of a run under way cancels it first', async () => {
    const pipeline = await product.pipeline(
      graph(
        'Under way',
        [put('act', '/way', '/way'), node('wait', 'flow.wait', { mode: 'duration', seconds: 3_600 })],
        ['start.fired>act', 'act.ok>wait'],
      ),
    );
    const runId = await product.start(pipeline);
    await product.until(runId, 'waiting');
    expect(await undoPlan(product.scope, { runId, toSeq: 0 })).toMatchObject({ cancelsRun: true, revertible: 1 });
    await undoRun(product.scope, runId);
    expect(await ended(runId)).toMatchObject({ status: 'done' });
    await product.until(runId, 'cancelled');
    expect(outside.count('DELETE', '/way')).toBe(1);
  });

  test('takes back what the runs did that it called', async () => {
    const one = (name: string) =>
      product.pipeline(graph(name, [put('act', `/${name}`, `/${name}`)], ['start.fired>act']));
    const [caller, called] = [await product.start(await one('caller')), await product.start(await one('called'))];
    await product.until(caller, 'completed');
    await product.until(called, 'completed');
    await product.database.pool.query(
      `update run set parent_step_id = (select id from step where run_id = $1 and state = 'act') where id = $2`,
      [caller, called],
    );
    const { items } = await undoPlan(product.scope, { runId: caller, toSeq: 0 });
    expect(items.map(({ runId }) => runId)).toEqual([called, caller]);
    await undoRun(product.scope, caller);
    expect(await ended(caller)).toMatchObject({ status: 'done' });
    expect([outside.count('DELETE', '/called'), outside.count('DELETE', '/caller')]).toEqual([1, 1]);
  });
});
