import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GraphInput } from '#nodes/core/graph.ts';
import { rebuild } from '#nodes/core/travel/rebuild.ts';
import { sendEvent } from '#server/events/send-event.ts';
import { answerTask } from '#server/inbox/answer-task.ts';
import { decideTask } from '#server/inbox/decide-task.ts';
import { openApprovals } from '#server/inbox/open-approvals.ts';
import { publishPipeline } from '#server/pipelines/publish-pipeline.ts';
import { saveDraft } from '#server/pipelines/save-draft.ts';
import { graph, node } from '#server/testing/graph.ts';
import { httpServer, type TestHttpServer } from '#server/testing/http-server.ts';
import { type ModelServer, modelServer } from '#server/testing/model-server.ts';
import { type TestProduct, testProduct } from '#server/testing/product.ts';
import { retryFailed } from './retry-failed.ts';

let product: TestProduct;
let outside: TestHttpServer;
let model: ModelServer;
/** Paths that answer with 422 now: refused for good. */
const refused = new Set<string>();
/** Paths that answer with 500 now: nobody knows what came of it. */
const broken = new Set<string>();

beforeAll(async () => {
  model = await modelServer();
  outside = await httpServer(({ path }) => ({
    status: broken.has(path) ? 500 : refused.has(path) ? 422 : 200,
    body: {},
  }));
  product = await testProduct({ OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'test', OPENAI_MODEL: 'gpt-4.1-mini' }, [
    outside.host,
  ]);
});
afterAll(async () => {
  await product.close();
  await outside.close();
  await model.close();
});

const put = (id: string, path: string) =>
  node(id, 'http.request', { method: 'PUT' }, { url: JSON.stringify(`${outside.url}${path}`) });
const order = (name: string): GraphInput =>
  graph(
    name,
    [
      put('register', `/${name}/register`),
      node('draft', 'llm.generate', { output: { kind: 'text' } }, { prompt: '"Write."' }),
      put('deliver', `/${name}/deliver`),
      node('done', 'output', { fields: [{ name: 'ok', type: 'boolean' }] }, { ok: 'true' }),
    ],
    ['start.fired>register', 'register.ok>draft', 'draft.ok>deliver', 'deliver.ok>done'],
  );

async function factsOf(runId: string): Promise<{ status: string; spend: number; calls: number }> {
  const { rows } = await product.database.pool.query(
    `select status, spend_micros::int as spend, (select count(*)::int from spend where run_id = run.id) as calls from run where id = $1`,
    [runId],
  );
  return rows[0];
}

async function expectSound(runId: string): Promise<void> {
  const { rows } = await product.database.pool.query(
    'select seq, kind, data from run_event_each where run_id = $1 order by seq',
    [runId],
  );
  const { status, problems } = rebuild(rows);
  expect(status).toBe('completed');
  // Steps that were done in memory have no event of their beginning.
  expect(problems.filter(({ message }) => !message.endsWith('is done while it was not there.'))).toEqual([]);
  const counters = await product.database.pool.query('select active, waiting from run where id = $1', [runId]);
  expect(counters.rows[0]).toEqual({ active: 0, waiting: 0 });
  expect((await product.database.pool.query('select * from sg_stuck')).rows).toEqual([]);
}

describe('a failed run', () => {
  test('goes on from what failed: earlier effects and model calls are not repeated, nothing is paid for twice', async () => {
    refused.add('/shop/deliver');
    const runId = await product.start(await product.pipeline(order('shop')));
    await product.until(runId, 'failed');
    const before = await factsOf(runId);
    const asked = model.calls.length;
    refused.clear();
    expect(await retryFailed(product.scope, { runId, version: 'same' })).toMatchObject({ runId, version: 1 });
    await product.until(runId, 'completed');
    expect(outside.count('PUT', '/shop/register')).toBe(1);
    expect(outside.count('PUT', '/shop/deliver')).toBe(2);
    expect(model.calls.length).toBe(asked);
    expect(await factsOf(runId)).toEqual({ ...before, status: 'completed' });
    expect(before.spend).toBeGreaterThan(0);
    await expectSound(runId);
    await expect(retryFailed(product.scope, { runId, version: 'same' })).rejects.toThrow('this one is completed');
  });

  test('goes on on the newest version as a new run that takes over what had succeeded', async () => {
    refused.add('/new/deliver');
    const pipelineId = await product.pipeline(order('new'));
    const runId = await product.start(pipelineId);
    await product.until(runId, 'failed');
    const asked = model.calls.length;
    const draft = order('new');
    const moved = draft.nodes.map((one) => (one.id === 'deliver' ? put('deliver', '/new/elsewhere') : one));
    await saveDraft(product.scope, { pipelineId, graph: { ...draft, nodes: moved }, revision: 1 });
    await publishPipeline(product.scope, { pipelineId, revision: 2, note: '' });
    const retried = await retryFailed(product.scope, { runId, version: 'newest' });
    expect(retried).toMatchObject({ version: 2 });
    expect(retried.runId).not.toBe(runId);
    await product.until(retried.runId, 'completed');
    expect(outside.count('PUT', '/new/register')).toBe(1);
    expect(outside.count('PUT', '/new/elsewhere')).toBe(1);
    expect(model.calls.length).toBe(asked);
    expect((await factsOf(retried.runId)).spend).toBe(0);
    await expectSound(retried.runId);
  });

  test('opens an approval again that was cancelled with it', async () => {
    refused.add('/beside');
    const runId = await product.start(
      await product.pipeline(
        graph(
          'Beside',
          [
            node(
              'ask',
              'human.approval',
              { title: 'May I?', fields: [{ name: 'what', type: 'text' }] },
              { what: '"x"' },
            ),
            node('pause', 'flow.wait', { mode: 'event', event: 'go' }, { key: 'run.id' }),
            put('beside', '/beside'),
            node('both', 'flow.join', {}),
          ],
          ['start.fired>ask', 'start.fired>pause', 'pause.ok>beside', 'ask.approved>both', 'beside.ok>both'],
        ),
      ),
    );
    await product.row(`select from task where run_id = $1 and status = 'open'`, [runId]);
    await product.row(`select from step where run_id = $1 and state = 'pause' and status = 'waiting'`, [runId]);
    await sendEvent(product.scope, { name: 'go', key: runId, data: null, dedupeKey: null });
    await product.until(runId, 'failed');
    expect(await openApprovals(product.scope, runId)).toEqual([]);
    refused.clear();
    await retryFailed(product.scope, { runId, version: 'same' });
    const [approval] = await openApprovals(product.scope, runId);
    if (!approval) throw new Error('The approval is not open again.');
    await decideTask(product.scope, { ...approval, decision: 'approve' });
    await product.until(runId, 'completed');
    expect(outside.count('PUT', '/beside')).toBe(2);
    await expectSound(runId);
  });

  test('that failed by an item of a map tries that item again, and those that were cancelled with it', async () => {
    refused.add('/m/b');
    const runId = await product.start(
      await product.pipeline(
        graph(
          'Mapped',
          [
            node('each', 'flow.map', { concurrency: 1, onItemError: 'stop' }, { items: '["a", "b", "c"]' }),
            node('call', 'http.request', { method: 'PUT' }, { url: `"${outside.url}/m/" + item` }),
            node('done', 'output', { fields: [{ name: 'n', type: 'any' }] }, { n: 'nodes.each.succeeded' }),
          ],
          ['start.fired>each', 'each.each>call', 'each.done>done'],
        ),
      ),
    );
    await product.until(runId, 'failed');
    refused.clear();
    await retryFailed(product.scope, { runId, version: 'same' });
    await product.until(runId, 'completed');
    expect(['a', 'b', 'c'].map((item) => outside.count('PUT', `/m/${item}`))).toEqual([1, 2, 1]);
    await expectSound(runId);
  });

  test('whose time was up goes on with new time', async () => {
    const slow = graph(
      'Slow',
      [node('wait', 'flow.wait', { mode: 'event', event: 'go' }, { key: 'run.id' })],
      ['start.fired>wait'],
      {
        timeoutMs: 1_000,
      },
    );
    const runId = await product.start(await product.pipeline(slow));
    await product.until(runId, 'failed');
    const { rows } = await product.database.pool.query('select failure from run where id = $1', [runId]);
    expect(rows[0].failure).toMatchObject({ code: 'RUN_TIMEOUT' });
    await retryFailed(product.scope, { runId, version: 'same' });
    await product.row(`select from step where run_id = $1 and status = 'waiting' and waiting->>'kind' = 'event'`, [
      runId,
    ]);
    await sendEvent(product.scope, { name: 'go', key: runId, data: null, dedupeKey: null });
    await product.until(runId, 'completed');
    await expectSound(runId);
  });

  test('does not repeat by itself what a server may have done before it failed: the operator is asked', async () => {
    broken.add('/charge');
    const charge = node('charge', 'http.request', { method: 'POST' }, { url: `"${outside.url}/charge"` });
    const runId = await product.start(await product.pipeline(graph('Charge', [charge], ['start.fired>charge'])));
    await product.until(runId, 'failed');
    broken.clear();
    await retryFailed(product.scope, { runId, version: 'same' });
    const task = await product.row<{ id: string; token: string }>(
      `select id, token from task where run_id = $1 and kind = 'decision' and status = 'open'`,
      [runId],
    );
    expect(outside.count('POST', '/charge')).toBe(1);
    await answerTask(product.scope, { taskId: task.id, token: task.token, answer: 'repeat' });
    await product.until(runId, 'completed');
    expect(outside.count('POST', '/charge')).toBe(2);
    await expectSound(runId);
  });

  test('that tolerated some failures of a map tries the one again that was too much', async () => {
    for (const path of ['/t/a', '/t/c']) refused.add(path);
    const runId = await product.start(
      await product.pipeline(
        graph(
          'Tolerant',
          [
            node(
              'each',
              'flow.map',
              { concurrency: 2, onItemError: 'tolerate', tolerate: 1 },
              { items: '["a", "b", "c", "d"]' },
            ),
            node('call', 'http.request', { method: 'PUT' }, { url: `"${outside.url}/t/" + item` }),
            node('done', 'output', { fields: [{ name: 'n', type: 'any' }] }, { n: 'nodes.each.succeeded' }),
          ],
          ['start.fired>each', 'each.each>call', 'each.done>done'],
        ),
      ),
    );
    await product.until(runId, 'failed');
    const before = outside.count('PUT', '/t/a');
    refused.clear();
    await retryFailed(product.scope, { runId, version: 'same' });
    await product.until(runId, 'completed');
    expect(outside.count('PUT', '/t/c') + outside.count('PUT', '/t/a')).toBe(before + 2);
    const { rows } = await product.database.pool.query('select output from run where id = $1', [runId]);
    expect(rows[0].output).toEqual({ n: 3 });
    await expectSound(runId);
  });
});
