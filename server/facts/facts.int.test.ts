import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEntitiesCapability } from '#server/adapters/entities.ts';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { provideEnv } from '#server/env.ts';
import { getItem } from '#server/knowledge/get-item.ts';
import { recentMemory } from '#server/knowledge/recent-memory.ts';
import { openVectorIndex, type VectorIndex } from '#server/memory/chroma.ts';
import { recall } from '#server/memory/recall.ts';
import { type TestDatabase, testChromaUrl, testDatabase } from '#server/testing/database.ts';
import { testRun } from '#server/testing/step-scope.ts';
import { addFact } from './add-fact.ts';
import { correctFact } from './correct-fact.ts';
import { listFacts } from './list-facts.ts';
import { settleFacts } from './settle-topic.ts';

let database: TestDatabase;
let scope: Scope;
let index: VectorIndex;
let maria: string;

beforeAll(async () => {
  provideEnv({ CHROMA_URL: testChromaUrl() });
  database = await testDatabase();
  const run = await testRun(database.pool);
  scope = scopeOf(run.projectId, 'ann@example.test');
  index = openVectorIndex(testChromaUrl());
  const step = await run.attempt();
  const { entity } = await createEntitiesCapability(step.scope).upsert({
    type: 'customer',
    key: 'Maria Anders',
    data: {},
  });
  maria = entity.id;
});
afterAll(async () => await database.close());

const day = (text: string): number => Date.parse(text);
const told = async (text: string) =>
  (await recall(database.pool, index, { projectId: scope.projectId, text, limit: 5 })).hits.map((hit) => hit.text);
const known = async (more: object = {}) =>
  (await listFacts(scope, { history: false, limit: 50, ...more })).map(
    ({ relation, object }) => `${relation}: ${object}`,
  );
const history = async () =>
  (await listFacts(scope, { history: true, limit: 50, entityId: maria, query: 'discount' })).map(
    ({ object, status }) => `${object} ${status}`,
  );

describe('a fact', () => {
  it('is recalled while it holds; a newer one supersedes it and nothing is overwritten', async () => {
    const about = { entityId: maria, relation: 'discount' };
    await addFact(scope, { ...about, object: '5 %', validFrom: day('2026-01-01'), source: 'contract.pdf' });
    expect(await told('discount of Maria Anders')).toEqual(['Maria Anders · discount: 5 % (since 2026-01-01)']);
    await addFact(scope, { ...about, relation: ' Discount', object: '8 %', validFrom: day('2026-06-01') });
    expect(await told('discount of Maria Anders')).toEqual(['Maria Anders · Discount: 8 % (since 2026-06-01)']);
    expect(await known()).toEqual(['Discount: 8 %']);
    expect(await known({ at: day('2026-03-01') })).toEqual(['discount: 5 %']);
    expect(await history()).toEqual(['8 % current', '5 % superseded']);
  });

  it('that does not hold any more says by what it was superseded, and recall does not give it', async () => {
    const { items } = await recentMemory(scope, { limit: 50 });
    const standing = (object: string) => items.find(({ text }) => text.includes(object))?.fact;
    expect(standing('5 %')).toEqual({
      status: 'superseded',
      validFrom: day('2026-01-01'),
      validTo: null,
      next: { object: '8 %', at: day('2026-06-01') },
    });
    expect(standing('8 %')).toMatchObject({ status: 'current', next: null });
    const old = items.find(({ text }) => text.includes('5 %'));
    expect((await getItem(scope, old!.id)).standing).toMatchObject({ status: 'superseded', next: { object: '8 %' } });
    expect(await told('discount 5 % since 2026-01-01')).not.toContainEqual(expect.stringContaining('5 %'));
  });

  it('that is known already is not added again', async () => {
    const again = await addFact(scope, { entityId: maria, relation: 'discount', object: '8 %' });
    expect(again.unchanged).toBe(true);
    expect(await history()).toHaveLength(2);
  });

  it('of the past that comes late changes what was, not what is', async () => {
    await addFact(scope, { entityId: maria, relation: 'discount', object: '3 %', validFrom: day('2025-01-01') });
    expect(await known()).toEqual(['Discount: 8 %']);
    expect(await known({ at: day('2025-05-01') })).toEqual(['discount: 3 %']);
  });

  it('is corrected by a new one with its reason, once', async () => {
    const [wrong] = await listFacts(scope, { history: false, limit: 1 });
    const { id } = await correctFact(scope, { id: wrong!.id, object: '7 %', reason: 'Misread the contract' });
    expect(await told('discount of Maria Anders')).toEqual(['Maria Anders · Discount: 7 % (since 2026-06-01)']);
    expect(await history()).toEqual(['7 % current', '8 % corrected', '5 % superseded', '3 % superseded']);
    const { items } = await recentMemory(scope, { limit: 50 });
    const standing = (object: string) => items.find(({ text }) => text.includes(object))?.fact;
    expect(standing('8 %')).toMatchObject({ status: 'corrected', next: { object: '7 %' } });
    expect(standing('5 %')).toMatchObject({ status: 'superseded', next: { object: '7 %', at: day('2026-06-01') } });
    // Told late, of a time before.
    expect(standing('3 %')).toMatchObject({ next: { object: '5 %', at: day('2026-01-01') } });
    const [right] = await listFacts(scope, { history: false, limit: 1 });
    expect(right).toMatchObject({ id, corrects: wrong!.id, reason: 'Misread the contract', by: 'ann@example.test' });
    await expect(correctFact(scope, { id: wrong!.id, object: '1 %', reason: 'x' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  it('that is so no longer is told of no more', async () => {
    await addFact(scope, { subject: 'Shop', relation: 'opening hours', object: '9–17', validFrom: day('2026-01-01') });
    expect(await told('opening hours of the shop')).toContainEqual(expect.stringContaining('9–17'));
    await addFact(scope, { subject: 'shop', relation: 'Opening hours', object: null });
    expect(await told('opening hours of the shop')).not.toContainEqual(expect.stringContaining('9–17'));
  });

  it('begins and ends by the clock', async () => {
    const soon = Date.now() + 400;
    await addFact(scope, { subject: 'Tea', relation: 'price', object: 'ten', validFrom: day('2026-01-01') });
    await addFact(scope, { subject: 'Tea', relation: 'price', object: 'twelve', validFrom: soon });
    await addFact(scope, { subject: 'Sale', relation: 'price', object: 'one', validTo: soon });
    expect(await told('tea price')).toContainEqual(expect.stringContaining('ten'));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await settleFacts(database.pool)).toBe(2);
    const now = await told('tea price');
    expect(now).toContainEqual(expect.stringContaining('twelve'));
    expect(now.join()).not.toMatch(/ten|Sale/);
    expect(await settleFacts(database.pool)).toBe(0);
  });

  it('is of one topic, however many state it at once: one holds', async () => {
    const stated = Array.from({ length: 8 }, (_, n) =>
      addFact(scope, { subject: 'Race', relation: 'winner', object: `runner ${n}` }),
    );
    await Promise.all(stated);
    expect(await known({ query: 'winner' })).toHaveLength(1);
    expect((await told('winner of the race')).filter((text) => text.includes('winner'))).toHaveLength(1);
  });

  it('cannot be changed or removed, by anyone', async () => {
    for (const sql of [`update fact set object = 'x'`, 'delete from fact'])
      await expect(database.pool.query(sql)).rejects.toThrow('history of facts is append-only');
  });

  it('that never holds, or is about nobody, is refused', async () => {
    const fact = { relation: 'r', object: 'o' };
    await expect(addFact(scope, fact)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(addFact(scope, { ...fact, subject: 's', validFrom: 2, validTo: 1 })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    await expect(addFact(scope, { ...fact, entityId: crypto.randomUUID() })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
