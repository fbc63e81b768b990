import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openScratch, type Scratch } from '#server/boot/scratch.ts';
import { provideEnv } from '#server/env.ts';
import { decideTask } from '#server/inbox/decide-task.ts';
import { openApprovals } from '#server/inbox/open-approvals.ts';
import { openVectorIndex, type VectorIndex } from '#server/memory/chroma.ts';
import { indexPending } from '#server/memory/index-pending.ts';
import { addItems } from '#server/memory/items.ts';
import { rebuildIndex } from '#server/memory/rebuild-index.ts';
import { recall } from '#server/memory/recall.ts';
import { graph, node } from '#server/testing/graph.ts';
import { type TestProduct, testProduct } from '#server/testing/product.ts';
import { bringBackEmbedder } from './bring-back-embedder.ts';
import { type EmbedderStatus, embedderStatus } from './embedder-status.ts';
import { migrateEmbedder } from './migrate-embedder.ts';
import { stopMigration } from './stop-migration.ts';
import { switchEmbedder } from './switch-embedder.ts';

const chunks = 5_000;
const goods = ['tea', 'cheese', 'anchovies', 'beer', 'syrup', 'noodles', 'chocolate', 'crab', 'mutton', 'pears'];
const towns = ['Berlin', 'London', 'Oslo', 'Lyon', 'Bern', 'Graz', 'Cork', 'Lisbon', 'Turin', 'Bergamo', 'Aachen'];
const textOf = (at: number): string =>
  `Order ${at}: ${at % 37} boxes of ${goods[at % goods.length]} for the shop at ${towns[at % towns.length]}, ${at % 2 ? 'paid' : 'open'}`;
const questions = Array.from({ length: 12 }, (_, at) => textOf(at * 397 + 11));

let product: TestProduct;
let index: VectorIndex;
/** A Chroma of its own, whose folder is deleted in the end. */
let chroma: Scratch;

beforeAll(async () => {
  chroma = openScratch();
  const url = await chroma.chroma();
  provideEnv({ CHROMA_URL: url });
  product = await testProduct({ CHROMA_URL: url });
  index = openVectorIndex(url);
  const items = Array.from({ length: chunks }, (_, at) => ({
    text: textOf(at),
    kind: 'order',
    tier: 'knowledge' as const,
    untrusted: false,
  }));
  const ids = await addItems(product.database.pool, product.scope.projectId, items);
  // Each question should find the order that it is made of.
  for (const [at, query] of questions.entries())
    await product.database.pool.query(
      `insert into recall_expectation (id, project_id, query, item_id, marked_by) values ($1, $2, $3, $4, 'op')`,
      [randomUUID(), product.scope.projectId, query, ids[at * 397 + 11]],
    );
  await settled();
}, 180_000);
afterAll(async () => {
  await product.close();
  await chroma.close();
});

const status = () => embedderStatus(product.scope);

/** Brings everything into the indexes, as the worker's periodic job does. */
async function settled(): Promise<void> {
  for (let rounds = 0; rounds < 100; rounds += 1) {
    const { indexed, available } = await indexPending(product.database.pool, index, 10_000);
    expect(available).toBe(true);
    if (indexed === 0) return;
  }
}

/** What is found for every question, and by what. One after the other: a search gives an index up that takes too long. */
async function found(by: VectorIndex = index) {
  const { projectId } = product.scope;
  const all: { embedder: string; hits: unknown[] }[] = [];
  for (const text of questions) {
    const { hits, vectors, embedder } = await recall(product.database.pool, by, { projectId, text, limit: 10 });
    expect(vectors).toBe(true);
    all.push({ embedder, hits: hits.map(({ itemId, vectorRank, textRank }) => [itemId, vectorRank, textRank]) });
  }
  return all;
}

const waiting = graph(
  'Asks memory twice',
  [
    node('before', 'memory.recall', { limit: 3 }, { query: JSON.stringify(questions[0]) }),
    node(
      'keep',
      'memory.remember',
      { kind: 'note' },
      { text: '"Remembered while the index is being built: Zaanse koeken"' },
    ),
    node('ask', 'human.approval', { title: 'Go on', fields: [] }, { about: '"x"' }),
    node('after', 'memory.recall', { limit: 3 }, { query: '"Zaanse koeken"' }),
    node('done', 'output', { fields: [{ name: 'text', type: 'any' }] }, { text: 'nodes.after.text' }),
  ],
  ['start.fired>before', 'before.ok>keep', 'keep.ok>ask', 'ask.approved>after', 'after.ok>done'],
);

describe('another embedder', () => {
  test('is built beside the one that is searched, compared, switched to, and the old one brought back, with a run in flight', async () => {
    const first = (await status()).current;
    const before = await found();
    const pipelineId = await product.pipeline(waiting);

    const to = first === 'lexical-hash-v1' ? 'lexical-latent-v1' : 'lexical-hash-v1';
    const { name } = await migrateEmbedder(product.scope, to);
    await expect(migrateEmbedder(product.scope, to)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(switchEmbedder(product.scope)).rejects.toMatchObject({ code: 'CONFLICT' });
    const runId = await product.start(pipelineId);
    await product.until(runId, 'waiting');

    const progress: EmbedderStatus[] = [];
    for (let now = await status(); !now.building?.complete; now = await status()) {
      progress.push(now);
      expect(now.current).toBe(first);
      expect((await found())[0]).toEqual(before[0]);
      await indexPending(product.database.pool, index, 1_000);
      await sleep(1);
    }
    await settled();
    expect(progress.length).toBeGreaterThan(2);
    const complete = await status();
    expect(complete).toMatchObject({
      current: first,
      building: { name, complete: true, asked: true, indexed: chunks + 1 },
    });
    expect(complete.building?.comparison).toMatchObject({ questions: questions.length, k: 10, current: 1 });
    expect(await found()).toEqual(before);

    expect(await switchEmbedder(product.scope)).toMatchObject({ current: name, previous: first, building: null });
    expect((await found()).every(({ embedder }) => embedder === name)).toBe(true);

    const [task] = await openApprovals(product.scope, runId);
    await decideTask(product.scope, { taskId: task?.taskId ?? '', token: task?.token ?? '', decision: 'approve' });
    await product.until(runId, 'completed');
    const { rows } = await product.database.pool.query('select output from run where id = $1', [runId]);
    expect(JSON.stringify(rows[0].output)).toContain('Zaanse koeken');

    const [since] = await addItems(product.database.pool, product.scope.projectId, [
      { text: 'Since the switch: Gudbrandsdalsost', kind: 'note', tier: 'knowledge', untrusted: false },
    ]);
    await settled();
    expect(await bringBackEmbedder(product.scope)).toMatchObject({ current: first, previous: name, building: null });
    expect(await found()).toEqual(before);
    await settled();
    expect(await index.count(product.scope.projectId, first)).toBe(chunks + 2);
    const { hits } = await recall(product.database.pool, index, {
      projectId: product.scope.projectId,
      text: 'Gudbrandsdalsost',
      limit: 1,
    });
    expect(hits[0]?.itemId).toBe(since);

    expect(await bringBackEmbedder(product.scope)).toMatchObject({ current: name, previous: first });
    expect(await bringBackEmbedder(product.scope)).toMatchObject({ current: first, previous: name });
    expect(await found()).toEqual(before);
    expect((await product.database.pool.query('select * from sg_stuck')).rows).toEqual([]);
  }, 240_000);

  test('that is given up leaves everything as it was', async () => {
    const { current } = await status();
    const before = await found();
    await migrateEmbedder(product.scope, current === 'lexical-hash-v1' ? 'lexical-latent-v1' : 'lexical-hash-v1');
    await indexPending(product.database.pool, index, 1_000);
    expect(await stopMigration(product.scope)).toMatchObject({ current, building: null });
    await settled();
    expect(await found()).toEqual(before);
    await expect(stopMigration(product.scope)).rejects.toMatchObject({ code: 'CONFLICT' });
  }, 240_000);
});

test('after Chroma’s folder was deleted, the index is built again from Postgres and finds exactly the same', async () => {
  const { projectId } = product.scope;
  // A worker would bring what the new index lacks into the one that it knows.
  await product.worker.stop();
  const before = await found();
  await chroma.close();
  const text = questions[0] ?? '';
  expect((await recall(product.database.pool, index, { projectId, text, limit: 10 })).vectors).toBe(false);
  const other = openScratch();
  try {
    const fresh = openVectorIndex(await other.chroma());
    const { chunks: brought } = await rebuildIndex(product.database.pool, fresh, { projectId });
    expect(brought).toBeGreaterThanOrEqual(chunks);
    expect(await found(fresh)).toEqual(before);
  } finally {
    await other.close();
  }
}, 240_000);
