import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { addItems } from '#server/memory/items.ts';
import { type TestDatabase, testDatabase } from '#server/testing/database.ts';
import { testRun } from '#server/testing/step-scope.ts';
import { markExpected } from './mark-expected.ts';
import { measureRecall } from './measure-recall.ts';
import { recallSet } from './recall-set.ts';
import { unmarkExpected } from './unmark-expected.ts';

let database: TestDatabase;
let scope: Scope;
let ids: string[];

beforeAll(async () => {
  database = await testDatabase();
  const { projectId } = await testRun(database.pool);
  scope = scopeOf(projectId, 'ada');
  const note = (text: string) => ({ text, kind: 'note', tier: 'knowledge' as const, untrusted: false });
  ids = await addItems(database.pool, projectId, [
    note('The pallet of Chai was damaged on its way to Berlin'),
    note('Berlin pays within ten days'),
    note('Nothing in this one fits'),
  ]);
});
afterAll(async () => await database.close());

test('a project without marks has no figure', async () => {
  expect(await measureRecall(scope, { k: 5 })).toMatchObject({ recall: null, questions: [] });
});

test('what should be found is marked once, by whom, and measured: the share that is found, and what is missed', async () => {
  const [chai = '', pays = '', other = ''] = ids;
  expect(await markExpected(scope, { query: ' damaged Chai ', itemIds: [chai, other] })).toEqual({ marked: 2 });
  expect(await markExpected(scope, { query: 'damaged Chai', itemIds: [chai] })).toEqual({ marked: 0 });
  await markExpected(scope, { query: 'Berlin pays', itemIds: [pays] });
  const set = await recallSet(scope, { limit: 10 });
  expect(set.map(({ query }) => query)).toEqual(['Berlin pays', 'damaged Chai']);
  expect(set[1]?.expected.map(({ itemId }) => itemId).sort()).toEqual([chai, other].sort());
  expect(set[1]?.expected).toMatchObject([{ markedBy: 'ada' }, { markedBy: 'ada' }]);
  const measured = await measureRecall(scope, { k: 1 });
  expect(measured.recall).toBeCloseTo(0.75, 10);
  expect(measured.questions).toContainEqual({ query: 'damaged Chai', expected: 2, found: 1, missed: [other] });
});

test('a mark can be taken back once; one on what is forgotten goes with it', async () => {
  const [chai = '', pays = '', other = ''] = ids;
  await unmarkExpected(scope, { query: 'damaged Chai', itemId: other });
  await expect(unmarkExpected(scope, { query: 'damaged Chai', itemId: other })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await database.pool.query('delete from memory_item where id = $1', [pays]);
  expect((await recallSet(scope, { limit: 10 })).map(({ expected }) => expected.length)).toEqual([1]);
  expect((await measureRecall(scope, { k: 1 })).recall).toBe(1);
  expect(chai).not.toBe('');
});

test('only what the project remembers can be marked, all or nothing', async () => {
  const [chai = ''] = ids;
  await expect(markExpected(scope, { query: 'half', itemIds: [chai, randomUUID()] })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  expect((await recallSet(scope, { limit: 10 })).map(({ query }) => query)).not.toContain('half');
});
