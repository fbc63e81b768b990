import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEntitiesCapability } from '#server/adapters/entities.ts';
import { createMailCapability } from '#server/adapters/mail/create-mail.ts';
import { createMemoryCapability } from '#server/adapters/memory.ts';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { provideEnv } from '#server/env.ts';
import { addFact } from '#server/facts/add-fact.ts';
import { getItem } from '#server/knowledge/get-item.ts';
import { markExpected } from '#server/knowledge/mark-expected.ts';
import { recentMemory } from '#server/knowledge/recent-memory.ts';
import { openVectorIndex, type VectorIndex } from '#server/memory/chroma.ts';
import { indexChunks } from '#server/memory/index-chunks.ts';
import { addItems, type NewItem } from '#server/memory/items.ts';
import { recall } from '#server/memory/recall.ts';
import { type TestDatabase, testChromaUrl, testDatabase } from '#server/testing/database.ts';
import { type TestRun, testRun } from '#server/testing/step-scope.ts';
import { holdValue } from '#server/working/hold-value.ts';
import { listValues } from '#server/working/list-values.ts';
import { applyForgetting } from './apply-forgetting.ts';
import { entityMentions } from './entity-mentions.ts';
import { forgetEntity } from './forget-entity.ts';
import { forgetNow } from './forget-now.ts';
import { forgettingPreview } from './forgetting-preview.ts';
import { forgottenLog } from './forgotten-log.ts';
import { weighItem } from './weigh-item.ts';

let database: TestDatabase;
let index: VectorIndex;

beforeAll(async () => {
  provideEnv({ CHROMA_URL: testChromaUrl() });
  database = await testDatabase();
  index = openVectorIndex(testChromaUrl());
});
afterAll(async () => await database.close());

type World = { run: TestRun; scope: Scope; add: (text: string, more?: Partial<NewItem>) => Promise<string> };

async function world(memory?: object): Promise<World> {
  const run = await testRun(database.pool);
  await database.pool.query('update project set settings = $2 where id = $1', [
    run.projectId,
    JSON.stringify({ memory }),
  ]);
  return {
    run,
    scope: scopeOf(run.projectId, 'ann@example.test'),
    async add(text, more = {}) {
      const item: NewItem = { text, kind: 'note', tier: 'knowledge', untrusted: false, ...more };
      const [id] = await addItems(database.pool, run.projectId, [item]);
      await indexChunks(database.pool, index, { limit: 100, projectId: run.projectId });
      return id ?? '';
    },
  };
}
const preview = async ({ scope }: World) =>
  (await forgettingPreview(scope, 50)).items.map(({ text, why }) => [text, why.kind]);
const texts = async ({ run }: World): Promise<string[]> =>
  (
    await database.pool.query('select text from memory_item where project_id = $1 order by text', [run.projectId])
  ).rows.map(({ text }) => text);
const audits = async ({ run }: World) =>
  (
    await database.pool.query(`select action, details from audit_entry where project_id = $1 order by id`, [
      run.projectId,
    ])
  ).rows;

describe('what will be forgotten next', () => {
  it('is what is over, then what is least worth: by importance, use and recency; and it says why', async () => {
    const w = await world({ mostItems: 3 });
    const hour = 3_600_000;
    await w.add('over', { expiresAt: Date.now() - hour, importance: 1 });
    await w.add('unimportant', { importance: 0.1 });
    const used = await w.add('unimportant but used', { importance: 0.1 });
    await w.add('important', { importance: 0.9 });
    await w.add('soon over', { expiresAt: Date.now() + hour });
    for (let at = 0; at < 9; at += 1) {
      const { scope } = await w.run.attempt({ path: `use:${at}` });
      await createMemoryCapability({ chroma: index }, scope).recall({ text: 'unimportant but used', limit: 1 });
    }
    expect((await getItem(w.scope, used)).uses).toBeGreaterThan(5);
    expect(await preview(w)).toEqual([
      ['over', 'expired'],
      ['unimportant', 'over-limit'],
      ['unimportant but used', 'least-worth'],
      ['soon over', 'expires'],
      ['important', 'least-worth'],
    ]);
    await applyForgetting(database.pool, index);
    expect(await texts(w)).toEqual(['important', 'soon over', 'unimportant but used']);
    expect(await index.count(w.run.projectId)).toBe(3);
    expect(await audits(w)).toEqual([{ action: 'memory.forget', details: { expired: 1, overLimit: 1, merged: 0 } }]);
  });

  it('is told as the job does it: what the operator keeps stays, what they forget goes at once', async () => {
    const w = await world({ mostItems: 1 });
    const kept = await w.add('kept by hand', { importance: 0 });
    await w.add('other', { importance: 0.5 });
    const mine = await w.add('forgotten by hand', { importance: 0.9 });
    await weighItem(w.scope, { id: kept, keep: true });
    expect(await forgettingPreview(w.scope, 50)).toMatchObject({ held: 3, kept: 1 });
    expect((await recentMemory(w.scope, { limit: 9, kept: true })).items.map(({ id }) => id)).toEqual([kept]);
    expect(await forgetNow(w.scope, [mine])).toEqual({ items: 1, index: true });
    await expect(forgetNow(w.scope, [mine])).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await applyForgetting(database.pool, index);
    expect(await texts(w)).toEqual(['kept by hand']);
  });

  it('follows the policy for episodes, which are forgotten and never changed', async () => {
    const w = await world({ mostItems: 100, episodicDays: 30 });
    const old = await w.add('old episode', { tier: 'episodic' });
    await w.add('old knowledge');
    await database.pool.query(`update memory_item set created_at = now() - interval '40 days' where project_id = $1`, [
      w.run.projectId,
    ]);
    expect((await preview(w))[0]).toEqual(['old episode', 'expired']);
    await applyForgetting(database.pool, index);
    expect(await texts(w)).toEqual(['old knowledge']);
    await expect(getItem(w.scope, old)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('leaves facts alone, and merges knowledge that says the same', async () => {
    const w = await world({ mostItems: 1 });
    await addFact(w.scope, { subject: 'Chai', relation: 'price', object: '18' });
    await weighItem(w.scope, { id: await w.add('Chai is a tea', { importance: 0.2 }), keep: true });
    await w.add('Chai is a tea', { importance: 0.8 });
    await w.add('Met Ann', { tier: 'episodic' });
    await applyForgetting(database.pool, index);
    expect((await texts(w)).toSorted()).toEqual(['Chai is a tea', expect.stringContaining('Chai · price: 18')]);
    const { rows } = await database.pool.query(
      `select importance from memory_item where project_id = $1 and kind = 'note'`,
      [w.run.projectId],
    );
    expect(rows).toEqual([{ importance: 0.8 }]);
  });
});

it('an item tells its source and every run that used it', async () => {
  const w = await world();
  const id = await w.add('Gudbrandsdalsost comes from Norway', { source: 'cheese.md' });
  const { scope } = await w.run.attempt({ path: 'each:4' });
  for (const _ of [1, 2])
    await createMemoryCapability({ chroma: index }, scope).recall({ text: 'Gudbrandsdalsost', limit: 1 });
  expect(await getItem(w.scope, id)).toMatchObject({
    ...{ source: 'cheese.md', uses: 1, document: null, fact: null },
    usedBy: [{ runId: w.run.runId.toString(), ref: 1, state: 'step', path: 'each:4' }],
    passages: [{ text: 'Gudbrandsdalsost comes from Norway', start: 0, end: 34, indexed: true }],
  });
});

it('forgetting a person removes everything about them from all tiers and the index, and leaves a line without content', async () => {
  const w = await world();
  const { scope: step } = await w.run.attempt({ path: 'each:0' });
  const data = { name: 'Maria Anders', email: 'maria@example.test' };
  const { entity } = await createEntitiesCapability(step).upsert({ type: 'customer', key: 'ALFKI', data });
  await createMailCapability({ mail: null, mailFrom: 'me@example.test' }, step).send({
    to: data.email,
    subject: 'Maria',
    text: 'Dear Maria',
  });
  await w.add('Maria likes Chai', { entityId: entity.id });
  await w.add('Maria called', { entityId: entity.id, tier: 'episodic' });
  await addFact(w.scope, { entityId: entity.id, relation: 'discount', object: 'for Maria: 5 %' });
  await w.add('The fair: we met Maria Anders there');
  await w.add('Nothing of it');
  const owner = { kind: 'session', name: 'mail to maria' } as const;
  await holdValue(database.pool, {
    projectId: w.run.projectId,
    owner,
    name: 'to',
    value: { to: 'Maria@example.test' },
    ttlMs: 60_000,
  });

  const other = await w.add('Nothing of her either');
  await markExpected(w.scope, { query: 'What did Maria Anders say?', itemIds: [other] });
  expect(await entityMentions(w.scope, entity.id)).toMatchObject({
    ...{ items: 3, facts: 1, documents: 0, episodes: 2 },
    mentions: [{ text: 'The fair: we met Maria Anders there' }],
  });
  const gone = await forgetEntity(w.scope, entity.id);
  expect(gone).toEqual({ episodes: 2, items: 3, documents: 0, facts: 1, working: 1, mails: 1, index: true });

  const kept = await database.pool.query(
    `select concat((select string_agg(x::text, ' ') from memory_item x where project_id = $1 and text not like 'The fair%'), (select string_agg(x::text, ' ') from memory_chunk x where project_id = $1 and text not like 'The fair%'),
       (select string_agg(x::text, ' ') from fact x where project_id = $1), (select string_agg(x::text, ' ') from episode x where project_id = $1), (select string_agg(x::text, ' ') from entity x where project_id = $1),
       (select string_agg(x::text, ' ') from working_value x where project_id = $1), (select string_agg(x::text, ' ') from outbox_mail x where project_id = $1), (select string_agg(x::text, ' ') from recall_expectation x where project_id = $1), (select string_agg(x::text, ' ') from audit_entry x where project_id = $1)) as all`,
    [w.run.projectId],
  );
  expect(kept.rows[0].all).not.toMatch(/maria|ALFKI/i);
  expect(await index.count(w.run.projectId)).toBe(3);
  const { hits } = await recall(database.pool, index, { projectId: w.run.projectId, text: 'Maria', limit: 10 });
  expect(hits.map(({ text }) => text).join()).not.toContain('likes');
  expect(await audits(w)).toEqual([expect.objectContaining({ action: 'memory.forget-entity' })]);
  expect(await forgottenLog(w.scope, 9)).toMatchObject([
    { by: 'ann@example.test', what: 'entity', counts: { items: 3, facts: 1, mails: 1 } },
  ]);
  await expect(forgetEntity(w.scope, entity.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

describe('values at hand', () => {
  it('are typed, seen on the run, and gone when their time is over', async () => {
    const w = await world();
    const runId = w.run.runId.toString();
    const hold = (name: string, value: string | number, ttlMs = 60_000) =>
      holdValue(database.pool, {
        projectId: w.run.projectId,
        owner: { kind: 'run', runId },
        name,
        value,
        ttlMs,
        runId,
      });
    await hold('draft', 'Dear Ann');
    await hold('draft', 'Dear Ann,');
    await hold('brief', 1, 50);
    await holdValue(database.pool, {
      ...{ projectId: w.run.projectId, name: 'topic', value: ['tea'], ttlMs: 60_000, runId },
      owner: { kind: 'session', name: 'ann' },
    });
    await expect(hold('draft', 2)).rejects.toMatchObject({ code: 'CONFLICT' });
    await new Promise((resolve) => setTimeout(resolve, 80));
    const seen = await listValues(w.scope, { kind: 'run', runId });
    expect(seen.map(({ owner, name, type, value }) => [owner, name, type, value])).toEqual([
      [`run:${runId}`, 'draft', 'text', 'Dear Ann,'],
      ['session:ann', 'topic', 'list', ['tea']],
    ]);
  });

  it('are kept by one step and taken by another: of the run alone, or of a session', async () => {
    const w = await world();
    const memoryOf = async (path: string) =>
      createMemoryCapability({ chroma: index }, (await w.run.attempt({ path })).scope);
    const first = await memoryOf('first');
    await first.hold({ name: 'draft', value: { subject: 'Chai' }, ttlMs: 60_000 });
    await first.hold({ name: 'draft', value: 'of the session', session: 'ALFKI', ttlMs: 60_000 });
    const second = await memoryOf('second');
    expect(await second.held({ name: 'draft' })).toEqual({ value: { subject: 'Chai' } });
    expect(await second.held({ name: 'draft', session: 'ALFKI' })).toEqual({ value: 'of the session' });
    expect(await second.held({ name: 'draft', session: 'ANATR' })).toBeNull();
    await expect(second.hold({ name: 'draft', value: 1, ttlMs: 60_000 })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    await expect(second.hold({ name: 'big', value: 'x'.repeat(70_000), ttlMs: 60_000 })).rejects.toMatchObject({
      code: 'TOO_LARGE',
    });
  });

  it('have a size: each, and together, also when many come at once', async () => {
    const w = await world();
    const owner = { kind: 'session', name: 's' } as const;
    const hold = (name: string, bytes: number) =>
      holdValue(database.pool, { projectId: w.run.projectId, owner, name, value: 'x'.repeat(bytes), ttlMs: 60_000 });
    await expect(hold('large', 70_000)).rejects.toMatchObject({ code: 'TOO_LARGE' });
    const results = await Promise.allSettled(Array.from({ length: 12 }, (_, at) => hold(`v${at}`, 60_000)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(8);
  });
});
