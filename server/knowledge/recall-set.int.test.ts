import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { addItems } from '#server/memory/items.ts';
import { type TestDatabase, testDatabase } from '#server/testing/database.ts';
import { testRun } from '#server/testing/step-scope.ts';
import { importRecallSet } from './import-recall-set.ts';
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
  expect(measured.questions).toContainEqual({
    query: 'damaged Chai',
    expected: 2,
    found: 1,
    missed: [other],
    unwanted: [],
  });
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

test('what is not relevant is marked too: it takes the place of the other mark, and counts where it comes all the same', async () => {
  const [chai = ''] = ids;
  const asked = { query: 'pallet', itemIds: [chai] };
  await markExpected(scope, asked);
  expect(await markExpected(scope, { ...asked, relevant: false })).toEqual({ marked: 1 });
  const of = async () => (await recallSet(scope, { limit: 10 })).find(({ query }) => query === 'pallet');
  expect(await of()).toMatchObject({ expected: [], irrelevant: [{ itemId: chai }] });
  const measured = await measureRecall(scope, { k: 1 });
  expect(measured.questions).toContainEqual({ query: 'pallet', expected: 0, found: 0, missed: [], unwanted: [chai] });
  expect(measured.recall).toBe(1);
  await unmarkExpected(scope, { query: 'pallet', itemId: chai });
  expect(await of()).toBeUndefined();
});

test('a set is imported line by line: by id, source or words; a line that names nothing says so, the rest goes on', async () => {
  const [chai = '', , other = ''] = ids;
  const note = (text: string) => ({
    text,
    kind: 'note',
    tier: 'knowledge' as const,
    untrusted: false,
    source: 'fair.md',
  });
  const [fair] = await addItems(database.pool, scope.projectId, [note('We met at the fair in Berlin')]);
  const set = `question,expected,relevant\nWhat broke?,${chai},\nWhat broke?,fair.md,no\nWhat fits?,nothing in this one,\nWhat else?,Berlin,\nWhat else?,unheard of,\n`;
  const answer = await importRecallSet(scope, set);
  expect(answer).toMatchObject({ marked: 3, questions: 3 });
  expect(answer.wrong).toEqual([
    { row: 4, message: expect.stringContaining('More than one memory says “Berlin”') },
    { row: 5, message: expect.stringContaining('Nothing that is remembered') },
  ]);
  const byQuery = new Map((await recallSet(scope, { limit: 10 })).map((question) => [question.query, question]));
  expect(byQuery.get('What broke?')).toMatchObject({ expected: [{ itemId: chai }], irrelevant: [{ itemId: fair }] });
  expect(byQuery.get('What fits?')).toMatchObject({ expected: [{ itemId: other }], irrelevant: [] });
});
