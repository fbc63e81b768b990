import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testChromaUrl, testDatabase } from '#server/testing/database.ts';
import { testRun } from '#server/testing/step-scope.ts';
import { collectionName, openVectorIndex, type VectorIndex } from './chroma.ts';
import { indexPending } from './index-pending.ts';
import { addItems, type NewItem } from './items.ts';
import { rebuildIndex } from './rebuild-index.ts';
import { type Question, recall } from './recall.ts';
import { learnProject } from './space/learn-project.ts';
import { spacesOf } from './space/spaces.ts';

let database: TestDatabase;
let db: Pool;
let chroma: VectorIndex;

beforeAll(async () => {
  database = await testDatabase();
  db = database.pool;
  chroma = openVectorIndex(testChromaUrl());
});
afterAll(async () => await database.close());

const note = (text: string, more: Partial<NewItem> = {}): NewItem => ({
  ...{ text, kind: 'note', tier: 'knowledge', untrusted: false },
  ...more,
});
const newProject = async () => (await testRun(db)).projectId;
const ask = (projectId: string, text: string, more: Partial<Question> = {}) =>
  recall(db, chroma, { projectId, text, limit: 5, ...more });
const textsOf = async (...args: Parameters<typeof ask>) => (await ask(...args)).hits.map(({ text }) => text);

describe('a recall', () => {
  it('finds a word in another form', async () => {
    const projectId = await newProject();
    await addItems(db, projectId, [note('The deliveries were late'), note('Invoices were paid')]);
    expect(await textsOf(projectId, 'delivery', { only: 'text' })).toEqual(['The deliveries were late']);
  });

  it('looks only at what happened in a time, or is important enough', async () => {
    const projectId = await newProject();
    await addItems(db, projectId, [
      note('Chai in May', { at: Date.UTC(2026, 4, 1), importance: 0.9 }),
      note('Chai in June', { at: Date.UTC(2026, 5, 1), importance: 0.1 }),
    ]);
    await indexPending(db, chroma, 100);
    expect(await textsOf(projectId, 'Chai', { since: Date.UTC(2026, 4, 15) })).toEqual(['Chai in June']);
    expect(await textsOf(projectId, 'Chai', { until: Date.UTC(2026, 4, 15) })).toEqual(['Chai in May']);
    expect(await textsOf(projectId, 'Chai', { minImportance: 0.5 })).toEqual(['Chai in May']);
    expect((await textsOf(projectId, 'Chai'))[0]).toBe('Chai in May');
    expect(
      (
        await textsOf(projectId, 'Chai', {
          ranking: { recencyWeight: 5, recencyHalfLifeDays: 10_000, importanceWeight: 0 },
        })
      ).length,
    ).toBe(2);
  });

  it('takes quotes and minus as a search does', async () => {
    const projectId = await newProject();
    await addItems(db, projectId, [note('boxes of chai'), note('chai, two boxes'), note('boxes of chai for Bern')]);
    expect((await textsOf(projectId, '"boxes of chai" -bern', { only: 'text' })).sort()).toEqual(['boxes of chai']);
  });

  it('tells everything that it considered, by reference, with scores, embedder and weights', async () => {
    const projectId = await newProject();
    const ids = await addItems(
      db,
      projectId,
      Array.from({ length: 70 }, (_, n) => note(`Chai number ${n}`)),
    );
    const { hits, considered, embedder, ranking } = await ask(projectId, 'Chai', { limit: 2 });
    expect(hits).toHaveLength(2);
    expect(considered).toHaveLength(50);
    expect(Object.keys(considered[0] ?? {}).sort()).toEqual(['itemId', 'score', 'textRank', 'vectorRank']);
    expect(ids).toContain(considered[0]?.itemId);
    expect([embedder, ranking.fusionK]).toEqual(['lexical-hash-v1', 60]);
  });

  it('gives something else instead of what says the same, where variety is asked for', async () => {
    const projectId = await newProject();
    await addItems(db, projectId, [
      note('Chai order for Berlin'),
      note('Chai order for Berlin!'),
      note('Chai is out of stock'),
    ]);
    const varied = await textsOf(projectId, 'Chai order Berlin', { limit: 2, only: 'text', ranking: { variety: 0.6 } });
    expect(varied).toContain('Chai is out of stock');
  });
});

describe('a project that has grown', () => {
  const subjects = ['wing lift drag', 'aerofoil lift drag', 'invoice payment bank', 'pallet truck harbour'];
  const many = Array.from({ length: 240 }, (_, n) => note(`${subjects[n % 4]} report ${n} of week ${n % 50}`));

  it('is learnt from, indexed anew beside what it was searched by, and searched by it once complete', async () => {
    const projectId = await newProject();
    await addItems(db, projectId, many.slice(0, 100));
    await indexPending(db, chroma, 1_000);
    expect(await spacesOf(db, projectId)).toMatchObject({ current: null, building: null });
    await addItems(db, projectId, many.slice(100));
    await indexPending(db, chroma, 50);
    const { current, building } = await spacesOf(db, projectId);
    expect([current, building?.name]).toEqual([null, expect.stringMatching(/^lexical-latent-v1-/)]);
    expect((await ask(projectId, 'wing')).embedder).toBe('lexical-hash-v1');
    await indexPending(db, chroma, 1_000);
    const after = await ask(projectId, 'wing');
    expect([after.embedder, after.vectors]).toEqual([building?.name, true]);
    expect(after.hits[0]?.text).toContain('wing');
    expect(await chroma.count(projectId, building?.name)).toBe(240);
    expect(await learnProject(db, projectId)).toBe(null);
  });

  it('finds the same after its index was lost and built again', async () => {
    const projectId = await newProject();
    await addItems(db, projectId, many);
    await indexPending(db, chroma, 1_000);
    const before = await ask(projectId, 'lift of a wing in week 7');
    expect(before.embedder).toMatch(/^lexical-latent-v1-/);
    await chroma.drop(projectId, before.embedder);
    await rebuildIndex(db, chroma, { projectId });
    expect(await ask(projectId, 'lift of a wing in week 7')).toEqual(before);
    expect(collectionName(projectId, before.embedder)).toMatch(/^sg_[0-9a-f]{32}_lexical_latent_v1_[0-9a-f]{8}$/);
  });
});
