import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '#nodes/core/json.ts';
import { saveDraft } from '#server/pipelines/save-draft.ts';
import { graph, node } from '#server/testing/graph.ts';
import { httpServer, type TestHttpServer } from '#server/testing/http-server.ts';
import { type ModelServer, modelServer } from '#server/testing/model-server.ts';
import { type TestProduct, testProduct } from '#server/testing/product.ts';
import { checkCompatibility } from './check-compatibility.ts';
import { forkRun } from './fork-run.ts';
import { listCheckpoints } from './list-checkpoints.ts';
import { stateAt } from './state-at.ts';
import { valueAt } from './value-at.ts';

let product: TestProduct;
let outside: TestHttpServer;
let model: ModelServer;

beforeAll(async () => {
  [outside, model] = await Promise.all([httpServer(), modelServer()]);
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
const letter = (name: string) =>
  graph(
    name,
    [
      put('register', '/register'),
      node('draft', 'llm.generate', { output: { kind: 'text' } }, { prompt: '"Write."' }),
      node('archive', 'entity.upsert', { entityType: 'letter' }, { key: 'run.id', data: '{"text": nodes.draft.text}' }),
      node('done', 'output', { fields: [{ name: 'text', type: 'any' }] }, { text: 'nodes.archive.data["text"]' }),
    ],
    ['start.fired>register', 'register.ok>draft', 'draft.ok>archive', 'archive.ok>done'],
  );

async function seqOf(runId: string, state: string): Promise<number> {
  const { items } = await listCheckpoints(product.scope, { runId, limit: 500 });
  const found = items.find((row) => row.state === state);
  if (!found) throw new Error(`${state} has no checkpoint.`);
  return found.seq;
}

async function runOf(runId: string): Promise<{ output: Json; spend: string; status: string }> {
  const { rows } = await product.database.pool.query(
    'select output, spend_micros::text as spend, status from run where id = $1',
    [runId],
  );
  return rows[0];
}

describe('a fork', () => {
  test('goes on from a checkpoint with an edited value; nothing before it happens or is paid for again', async () => {
    const pipeline = await product.pipeline(letter('Letter'));
    const runId = await product.start(pipeline);
    await product.until(runId, 'completed');
    const [calls, asked] = [outside.calls.length, model.calls.length];
    const seq = await seqOf(runId, 'draft');
    const { output } = await valueAt(product.scope, { runId, seq, state: 'draft', path: '' });
    const edits = [{ state: 'draft', path: '', output: { ...(output as object), text: 'As I want it.' } as Json }];

    const forked = await forkRun(product.scope, { runId, seq, edits, version: 'same', requestKey: 'fork-it-once' });
    await product.until(forked.runId, 'completed');
    expect(await runOf(forked.runId)).toEqual({ output: { text: 'As I want it.' }, spend: '0', status: 'completed' });
    expect([outside.calls.length, model.calls.length]).toEqual([calls, asked]);
    expect((await runOf(runId)).output).not.toEqual({ text: 'As I want it.' });
    // Asked again with the same key it is the same fork.
    const again = await forkRun(product.scope, { runId, seq, edits, version: 'same', requestKey: 'fork-it-once' });
    expect(again).toEqual(forked);
    const { rows } = await product.database.pool.query(
      'select state, inherited, cost_micros::int as cost from step where run_id = $1 order by id',
      [forked.runId],
    );
    expect(rows.map(({ state, inherited }) => [state, inherited])).toEqual([
      ['start', true],
      ['register', true],
      ['draft', true],
      ['archive', false],
      ['done', false],
    ]);
    expect(rows.every(({ cost }) => cost === 0)).toBe(true);
  });

  test('of a fork works too, and its own checkpoints begin where it was forked', async () => {
    const pipeline = await product.pipeline(letter('Letter again'));
    const runId = await product.start(pipeline);
    await product.until(runId, 'completed');
    const asked = model.calls.length;
    const first = await forkRun(product.scope, {
      runId,
      seq: await seqOf(runId, 'draft'),
      edits: [],
      version: 'same',
      requestKey: null,
    });
    await product.until(first.runId, 'completed');
    const { items } = await listCheckpoints(product.scope, { runId: first.runId, limit: 500 });
    expect(items.filter(({ inherited }) => inherited).map(({ seq }) => seq)).toEqual([1, 1, 1]);
    const second = await forkRun(product.scope, {
      runId: first.runId,
      seq: 1,
      edits: [],
      version: 'same',
      requestKey: null,
    });
    await product.until(second.runId, 'completed');
    expect(model.calls.length).toBe(asked);
  });

  test('from the middle of a map does the other items only', async () => {
    const pipeline = await product.pipeline(
      graph(
        'Items',
        [
          node('each', 'flow.map', { concurrency: 1 }, { items: '["a", "b", "c"]', result: '1' }),
          node('call', 'http.request', { method: 'PUT' }, { url: `"${outside.url}/item/" + item` }),
          node('done', 'output', { fields: [{ name: 'n', type: 'any' }] }, { n: 'nodes.each.succeeded' }),
        ],
        ['start.fired>each', 'each.each>call', 'each.done>done'],
      ),
    );
    const runId = await product.start(pipeline);
    await product.until(runId, 'completed');
    const { items } = await listCheckpoints(product.scope, { runId, limit: 500 });
    const second = items.find(({ state, path }) => state === 'call' && path === 'each:1');
    const at = await stateAt(product.scope, { runId, seq: second?.seq ?? 0 });
    expect(at).toMatchObject({ nodes: { call: { done: 2 } }, ended: null });
    const forked = await forkRun(product.scope, {
      runId,
      seq: second?.seq ?? 0,
      edits: [],
      version: 'same',
      requestKey: null,
    });
    await product.until(forked.runId, 'completed');
    expect((await runOf(forked.runId)).output).toEqual({ n: 3 });
    expect(['a', 'b', 'c'].map((item) => outside.count('PUT', `/item/${item}`))).toEqual([1, 1, 2]);
  });

  test('of an item that had ended ends it anew with what was edited; of a map that had ended it is refused', async () => {
    const pipeline = await product.pipeline(
      graph(
        'Edited items',
        [
          node('each', 'flow.map', { concurrency: 1 }, { items: '["a", "b"]', result: 'nodes.keep.key' }),
          node('keep', 'entity.upsert', { entityType: 'item' }, { key: 'item', data: '{"n": 1}' }),
          node(
            'done',
            'output',
            { fields: [{ name: 'all', type: 'any' }] },
            { all: 'nodes.each.items.map(i, i.value)' },
          ),
        ],
        ['start.fired>each', 'each.each>keep', 'each.done>done'],
      ),
    );
    const runId = await product.start(pipeline);
    await product.until(runId, 'completed');
    const { items } = await listCheckpoints(product.scope, { runId, limit: 500 });
    const seqAt = (state: string, path: string) =>
      items.find((row) => row.state === state && row.path === path)?.seq ?? -1;
    const edit = async (seq: number, path: string) => {
      const { output } = await valueAt(product.scope, { runId, seq, state: 'keep', path });
      const edits = [{ state: 'keep', path, output: { ...(output as object), key: 'edited' } as Json }];
      return await forkRun(product.scope, { runId, seq, edits, version: 'same', requestKey: null });
    };
    for (const [path, all] of [
      ['each:0', ['edited', 'b']],
      ['each:1', ['a', 'edited']],
    ] as const) {
      const forked = await edit(seqAt('keep', 'each:1'), path);
      await product.until(forked.runId, 'completed');
      expect((await runOf(forked.runId)).output).toEqual({ all });
    }
    await expect(edit(seqAt('each', ''), 'each:0')).rejects.toThrow('is part of "each", which had ended');
  });

  test('names the value that does not fit, the step that had not ended, and the checkpoint that is none', async () => {
    const pipeline = await product.pipeline(letter('Refused'));
    const runId = await product.start(pipeline);
    await product.until(runId, 'completed');
    const seq = await seqOf(runId, 'register');
    const fork = (edit: { state: string; output: Json } | null, at = seq) =>
      forkRun(product.scope, {
        runId,
        seq: at,
        edits: edit ? [{ path: '', ...edit }] : [],
        version: 'same',
        requestKey: null,
      });
    await expect(fork({ state: 'register', output: { status: 'x' } })).rejects.toThrow('edits: register');
    await expect(fork({ state: 'draft', output: 'x' })).rejects.toThrow('"draft" had not ended at this checkpoint');
    await expect(fork(null, 9_999)).rejects.toThrow('seq: the run has checkpoints from 0 to');
    await expect(fork(null, await seqOf(runId, 'done'))).rejects.toThrow('nothing follows it');
  });

  test('on the newest version is refused with the reasons where that is not compatible', async () => {
    const pipeline = await product.pipeline(letter('Changed'));
    const runId = await product.start(pipeline, {}, 'draft');
    await product.until(runId, 'completed');
    const seq = await seqOf(runId, 'draft');
    expect(await checkCompatibility(product.scope, { runId, seq })).toMatchObject({ ok: true, version: null });
    const without = letter('Changed');
    const other = graph(
      'Changed',
      without.nodes.filter(({ id }) => id !== 'register'),
      ['start.fired>draft', 'draft.ok>archive', 'archive.ok>done'],
    );
    await saveDraft(product.scope, { pipelineId: pipeline, graph: other, revision: 1 });
    const answer = await checkCompatibility(product.scope, { runId, seq });
    expect(answer).toMatchObject({ ok: false, problems: [{ state: 'register' }] });
    await expect(
      forkRun(product.scope, { runId, seq, edits: [], version: 'newest', requestKey: null }),
    ).rejects.toThrow('The run cannot go on on the draft. The node "register" is not there any more.');
  });
});
