import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectionName, openVectorIndex, type VectorIndex } from '#server/memory/chroma.ts';
import { indexPending } from '#server/memory/index-pending.ts';
import { addItems } from '#server/memory/items.ts';
import { rebuildIndex } from '#server/memory/rebuild-index.ts';
import { recall } from '#server/memory/recall.ts';
import { type TestDatabase, testChromaUrl, testDatabase } from '#server/testing/database.ts';
import { type TestRun, testRun } from '#server/testing/step-scope.ts';
import { createEntitiesCapability } from './entities.ts';
import { createMemoryCapability } from './memory.ts';

let database: TestDatabase;
let db: Pool;
let run: TestRun;
let chroma: VectorIndex;
const entityIds: Record<string, string> = {};
let paths = 0;

beforeAll(async () => {
  database = await testDatabase();
  db = database.pool;
  run = await testRun(db);
  chroma = openVectorIndex(testChromaUrl());
  for (const key of ['ALFKI', 'ANATR']) {
    const { scope } = await run.attempt({ path: `e:${key}` });
    const { entity } = await createEntitiesCapability(scope).upsert({ type: 'customer', key, data: {} });
    entityIds[key] = entity.id;
  }
});
afterAll(async () => await database.close());

async function memory(options: { path?: string; attempt?: number; index?: VectorIndex; of?: TestRun } = {}) {
  const { path = `m:${paths++}`, attempt = 1, index = chroma, of = run } = options;
  return createMemoryCapability({ chroma: index }, (await of.attempt({ path, attempt })).scope);
}

const order = (text: string, more: object = {}) => ({
  text,
  kind: 'order',
  tier: 'episodic' as const,
  untrusted: false,
  ...more,
});
const pending = async () =>
  (await db.query('select count(*)::int as n from memory_indexed where indexed_in is null')).rows[0].n as number;

describe('what is remembered', () => {
  it('is recalled by vectors and full text, with the rank in each', async () => {
    const at = Date.UTC(1997, 7, 25);
    const chai = order('Order 10643: forty boxes of Chai for Alfreds Futterkiste', {
      entityId: entityIds.ALFKI,
      at,
      source: 'orders.csv',
    });
    const { itemId } = await (await memory()).remember(chai);
    await (await memory()).remember(
      order('Order 10308: Gudbrandsdalsost for Ana Trujillo', { entityId: entityIds.ANATR }),
    );
    const { hits, vectors } = await (await memory()).recall({ text: 'boxes of chai', limit: 5 });
    expect(vectors).toBe(true);
    expect(hits[0]).toMatchObject({
      itemId,
      vectorRank: 1,
      textRank: 1,
      kind: 'order',
      at,
      source: 'orders.csv',
      untrusted: false,
    });
    expect(hits[0]?.score).toBeCloseTo(2 / 61, 10);
    expect(await pending()).toBe(0);
  });

  it('is found by a word that is misspelt: vectors alone know it', async () => {
    const { hits } = await (await memory()).recall({ text: 'Gudbransdalost', limit: 1 });
    expect(hits[0]).toMatchObject({ textRank: null, vectorRank: 1 });
    expect(hits[0]?.text).toContain('Gudbrandsdalsost');
  });

  it('is kept apart by entity and by kind', async () => {
    await (await memory()).remember({ ...order('A mail about Chai'), kind: 'email', entityId: entityIds.ANATR! });
    const texts = async (query: object) =>
      (await (await memory()).recall({ text: 'Chai', limit: 10, ...query })).hits.map(({ text }) => text);
    expect(await texts({ entityId: entityIds.ALFKI })).toEqual([expect.stringContaining('Order 10643')]);
    expect(await texts({ kinds: ['email'] })).toEqual(['A mail about Chai']);
    expect(await texts({ kinds: ['email'], entityId: entityIds.ALFKI })).toEqual([]);
    expect((await texts({ kinds: [] })).length).toBeGreaterThan(1);
  });

  it('is stored once by a step, however often the step is tried', async () => {
    const item = order('Paid in full', { entityId: entityIds.ALFKI });
    const first = await (await memory({ path: 'once' })).remember(item);
    expect(await (await memory({ path: 'once', attempt: 2 })).remember(item)).toEqual(first);
    const { rows } = await db.query(`select id from memory_item where text = 'Paid in full'`);
    expect(rows).toHaveLength(1);
  });

  it('is cut into passages where it is long, and the best passage is what is recalled', async () => {
    const filler = 'The weather in the harbour was calm and nothing else is to be told of it. '.repeat(30);
    const { itemId } = await (await memory()).remember(
      order(`${filler} The pallet of Sasquatch Ale was damaged. ${filler}`),
    );
    const { hits } = await (await memory()).recall({ text: 'damaged pallet Sasquatch Ale', limit: 1 });
    expect(hits[0]?.itemId).toBe(itemId);
    expect(hits[0]?.text).toContain('Sasquatch');
    expect(hits[0]?.text.length).toBeLessThanOrEqual(800);
  });

  it('is refused about an entity that this project does not have', async () => {
    const other = await testRun(db);
    const theirs = await memory({ of: other });
    for (const entityId of [entityIds.ALFKI!, 'nonsense'])
      await expect(theirs.remember(order('x', { entityId }))).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(theirs.recall({ text: 'x', limit: 1, entityId: 'nonsense' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });

  it('is never recalled in another project', async () => {
    const other = await testRun(db);
    expect((await (await memory({ of: other })).recall({ text: 'Chai', limit: 10 })).hits).toEqual([]);
  });

  it('is not there for a question without words', async () => {
    expect((await (await memory()).recall({ text: ' ?! ', limit: 5 })).hits).toEqual([]);
  });
});

describe('without the index', () => {
  it('memory goes on by full text and says so; what was remembered meanwhile is indexed later', async () => {
    const away = openVectorIndex('http://127.0.0.1:9');
    await (await memory({ index: away })).remember(order('Order 11011: Flotemysost at last'));
    const { hits, vectors } = await (await memory({ index: away })).recall({ text: 'flotemysost', limit: 3 });
    expect(vectors).toBe(false);
    expect(hits[0]).toMatchObject({ vectorRank: null, textRank: 1 });
    expect(await pending()).toBe(1);
    expect(await indexPending(db, away, 10)).toEqual({ indexed: 0, available: false });
    expect(await indexPending(db, chroma, 10)).toEqual({ indexed: 1, available: true });
    expect(await pending()).toBe(0);
  });

  it('a search waits a moment for an index that hangs, and the next ones not at all', async () => {
    const hanging: Server = createServer(() => undefined);
    await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve));
    const index = openVectorIndex(`http://127.0.0.1:${(hanging.address() as AddressInfo).port}`);
    const ask = () => recall(db, index, { projectId: run.projectId, text: 'Chai', limit: 3 });
    const begun = Date.now();
    expect((await ask()).vectors).toBe(false);
    const waited = Date.now() - begun;
    expect(waited).toBeGreaterThan(1_400);
    expect(waited).toBeLessThan(4_000);
    const again = Date.now();
    const { hits, vectors } = await ask();
    expect([vectors, hits.length > 0]).toEqual([false, true]);
    expect(Date.now() - again).toBeLessThan(500);
    hanging.closeAllConnections();
    hanging.close();
  });

  it('an installation without Chroma works too', async () => {
    const none = openVectorIndex(undefined);
    expect(none.state()).toEqual({ ok: false, reason: 'CHROMA_URL is not set.' });
    expect((await recall(db, none, { projectId: run.projectId, text: 'Chai', limit: 3 })).hits.length).toBeGreaterThan(
      0,
    );
  });
});

describe('full text', () => {
  it('prefers passages with every word, then those with the rarer ones, in any language', async () => {
    const other = await testRun(db);
    const none = openVectorIndex(undefined);
    await addItems(db, other.projectId, [
      order('report about shipping'),
      order('report about invoices'),
      order('report about Constitución'),
      order('Constitución report in full'),
    ]);
    const { hits } = await recall(db, none, {
      projectId: other.projectId,
      text: 'full report Constitución',
      limit: 10,
    });
    expect(hits.map(({ text }) => text).slice(0, 2)).toEqual([
      'Constitución report in full',
      'report about Constitución',
    ]);
    expect(hits).toHaveLength(4);
  });
});

describe('the index', () => {
  it('can be dropped and built again from Postgres', async () => {
    const ask = async () => (await (await memory()).recall({ text: 'boxes of chai', limit: 3 })).hits;
    const before = await ask();
    const progress: number[] = [];
    const { chunks } = await rebuildIndex(db, chroma, {
      projectId: run.projectId,
      onProgress: ({ indexed }) => progress.push(indexed),
    });
    expect(chunks).toBeGreaterThan(5);
    expect(progress.at(-1)).toBe(chunks);
    expect(await chroma.count(run.projectId)).toBe(chunks);
    expect(await ask()).toEqual(before);
  });

  it('is used on when another process rebuilt it', async () => {
    await (await memory()).recall({ text: 'chai', limit: 1 });
    await rebuildIndex(db, openVectorIndex(testChromaUrl()), { projectId: run.projectId });
    expect((await (await memory()).recall({ text: 'chai', limit: 1 })).vectors).toBe(true);
  });

  it('that was emptied by others is noticed and filled again', async () => {
    const held = await chroma.count(run.projectId);
    const { ChromaClient } = await import('chromadb');
    const { hostname, port } = new URL(testChromaUrl());
    const client = new ChromaClient({ host: hostname, port: Number(port), ssl: false });
    await client.deleteCollection({ name: collectionName(run.projectId) });
    expect((await indexPending(db, chroma, 1_000)).indexed).toBeGreaterThanOrEqual(held);
    expect(await chroma.count(run.projectId)).toBe(held);
  });

  it('may still hold what Postgres no longer has: it is not recalled', async () => {
    const { itemId } = await (await memory()).remember(order('Zaanse koeken, ephemeral'));
    await db.query('select sg_forget_items($1, array[$2]::uuid[])', [run.projectId, itemId]);
    const { hits } = await (await memory()).recall({ text: 'Zaanse koeken ephemeral', limit: 20 });
    expect(hits.map((hit) => hit.itemId)).not.toContain(itemId);
  });
});

describe('what is forgotten', () => {
  it('is gone from Postgres and from the index, once', async () => {
    const { scope } = await run.attempt({ path: 'forget:0' });
    const held = await chroma.count(run.projectId);
    const { itemId } = await createMemoryCapability({ chroma }, scope).remember(
      order('Order 11070: Pavlova, forgettable'),
    );
    expect(await chroma.count(run.projectId)).toBe(held + 1);
    const later = await memory();
    expect(await later.forget({ effectKey: scope.key })).toEqual({ itemId, vectors: true });
    expect(await chroma.count(run.projectId)).toBe(held);
    expect(
      (await later.recall({ text: 'Pavlova forgettable', limit: 20 })).hits.map((hit) => hit.itemId),
    ).not.toContain(itemId);
    const { rows } = await db.query('select from memory_chunk where item_id = $1', [itemId]);
    expect(rows).toEqual([]);
    expect(await later.forget({ effectKey: scope.key })).toEqual({ itemId: null, vectors: true });
  });

  it('is forgotten while the index is away, too, and that is said', async () => {
    const { scope } = await run.attempt({ path: 'forget:1' });
    const { itemId } = await createMemoryCapability({ chroma }, scope).remember(order('Order 11071: forgettable, too'));
    const away = await memory({ index: openVectorIndex('http://127.0.0.1:9') });
    expect(await away.forget({ effectKey: scope.key })).toEqual({ itemId, vectors: false });
    expect(
      (await (await memory()).recall({ text: 'forgettable too', limit: 20 })).hits.map((hit) => hit.itemId),
    ).not.toContain(itemId);
  });

  it('is never that of another project', async () => {
    const { scope } = await run.attempt({ path: 'forget:2' });
    await createMemoryCapability({ chroma }, scope).remember(order('Order 11072: mine'));
    const theirs = await memory({ of: await testRun(db) });
    expect(await theirs.forget({ effectKey: scope.key })).toEqual({ itemId: null, vectors: true });
  });
});

describe('addItems', () => {
  it('stores many at once, each with its entity and its day, and the same ones only once', async () => {
    const items = Array.from({ length: 450 }, (_, n) =>
      order(`Order ${n}`, { entityId: entityIds.ALFKI, at: n * 86_400_000, effectKey: `sample:${n}` }),
    );
    const ids = await addItems(db, run.projectId, items);
    expect(new Set(ids).size).toBe(450);
    expect(await addItems(db, run.projectId, items)).toEqual(ids);
    const { rows } = await db.query('select at from memory_item where id = $1', [ids[2]]);
    expect(rows[0].at.getTime()).toBe(172_800_000);
    // Grown so much, the project is learnt from, and what was indexed before is written anew.
    expect((await indexPending(db, chroma, 1_000)).indexed).toBeGreaterThanOrEqual(450);
  });

  it('stores none where one is about an entity of another project', async () => {
    const other = await testRun(db);
    const items = [order('mine'), order('theirs', { entityId: entityIds.ALFKI })];
    await expect(addItems(db, other.projectId, items)).rejects.toThrow('has no entity');
    const { rows } = await db.query('select count(*)::int as n from memory_item where project_id = $1', [
      other.projectId,
    ]);
    expect(rows[0].n).toBe(0);
  });
});
