import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEntitiesCapability } from '#server/adapters/entities.ts';
import { createMailCapability } from '#server/adapters/mail/create-mail.ts';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { addItems } from '#server/memory/items.ts';
import { type TestDatabase, testDatabase } from '#server/testing/database.ts';
import { type TestRun, testRun } from '#server/testing/step-scope.ts';
import { gatherOutcomes } from './gather-outcomes.ts';
import { type EpisodeFilter, listEpisodes } from './list-episodes.ts';

let database: TestDatabase;
let run: TestRun;
let scope: Scope;
const ids: Record<string, string> = {};

beforeAll(async () => {
  database = await testDatabase();
  run = await testRun(database.pool);
  scope = scopeOf(run.projectId, 'op@example.test');
  for (const [at, key] of ['ALFKI', 'ANATR'].entries()) {
    const step = await run.attempt({ path: `each:${at}` });
    const data = { name: key, email: `${key}@example.test` };
    const { entity } = await createEntitiesCapability(step.scope).upsert({ type: 'customer', key, data });
    ids[key] = entity.id;
  }
});
afterAll(async () => await database.close());

const log = async (filter: Partial<EpisodeFilter> = {}) => (await listEpisodes(scope, { limit: 50, ...filter })).items;
const texts = async (filter: Partial<EpisodeFilter> = {}) => (await log(filter)).map(({ text }) => text);

async function mailTo(key: string, path: string): Promise<void> {
  const { scope: step } = await run.attempt({ path });
  const mail = createMailCapability({ mail: null, mailFrom: 'me@example.test' }, step);
  await mail.send({ to: `${key}@example.test`, subject: `Chai for ${key}`, text: 'Forty boxes are left.' });
}

async function decide(path: string, decision: object): Promise<void> {
  const { scope: step } = await run.attempt({ path });
  const { rows } = await database.pool.query(
    `insert into task (id, project_id, run_id, step_id, state, path, kind, title, request, token)
     values (gen_random_uuid(), $1, $2, $3, 'step', $4, 'approval', 'Send the offer?', '{}', 't') returning id`,
    [run.projectId, run.runId.toString(), step.stepId.toString(), path],
  );
  await database.pool.query(`update task set status = 'decided', decided_at = now(), decision = $2 where id = $1`, [
    rows[0].id,
    JSON.stringify(decision),
  ]);
}

describe('the episodic log', () => {
  it('tells what was done to an entity, with its run and step', async () => {
    const [change] = await log({ entityId: ids.ALFKI });
    expect(change).toMatchObject({
      ...{ kind: 'action', text: 'customer ALFKI was created: name, email', state: 'step', path: 'each:0' },
      ...{ runId: run.runId.toString(), entity: { id: ids.ALFKI, type: 'customer', key: 'ALFKI' } },
    });
    expect(change?.stepId).not.toBeNull();
  });

  it('tells of mail under the entity that it goes to, once, and of the decision before it in the same pass', async () => {
    await decide('each:0', { decision: 'approve', by: 'Ann', reason: 'They asked for it', edited: true });
    await mailTo('ALFKI', 'each:0/lines:1');
    await mailTo('ALFKI', 'each:0/lines:1');
    const told = await log({ entityId: ids.ALFKI });
    expect(told.map(({ kind }) => kind)).toEqual(['message', 'decision', 'action']);
    expect(told[0]?.text).toContain('Mail to ALFKI@example.test: Chai for ALFKI');
    expect(told[1]?.text).toBe('Send the offer?: approve by Ann after editing – They asked for it');
    expect((await log({ entityId: ids.ANATR })).map(({ kind }) => kind)).toEqual(['action']);
  });

  it('holds what nodes remembered as episodes; what is knowledge is not in it', async () => {
    const item = { kind: 'note', untrusted: false, entityId: ids.ALFKI! };
    await addItems(database.pool, run.projectId, [
      { ...item, text: 'Called about Chai', tier: 'episodic' },
      { ...item, text: 'Likes Chai', tier: 'knowledge' },
    ]);
    expect(await texts({ entityId: ids.ALFKI, kinds: ['remembered'] })).toEqual(['Called about Chai']);
  });

  it('is searched by full text', async () => {
    expect(await texts({ query: '"forty boxes" -nothing' })).toEqual([expect.stringContaining('Forty boxes')]);
    expect(await texts({ query: 'chai', kinds: ['remembered'] })).toEqual(['Called about Chai']);
    expect(await texts({ query: 'zebra' })).toEqual([]);
  });

  it('is read page by page, newest first, without a gap', async () => {
    const all = await log();
    const pages: string[] = [];
    let cursor: string | undefined;
    do {
      const { items, next } = await listEpisodes(scope, { limit: 2, cursor });
      pages.push(...items.map(({ ref }) => ref));
      cursor = next ?? undefined;
    } while (cursor);
    expect(pages).toEqual(all.map(({ ref }) => ref));
    expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted((a, b) => b - a));
  });

  it('cannot be changed, shortened or emptied, by anyone', async () => {
    for (const sql of [
      `update episode set text = 'Nothing happened'`,
      'delete from episode',
      'truncate episode',
      `update memory_item set text = 'x' where tier = 'episodic'`,
      `delete from memory_item where tier = 'episodic'`,
    ])
      await expect(database.pool.query(sql), sql).rejects.toThrow('The episodic log is append-only');
    await database.pool.query(`update memory_item set importance = 0.9, uses = uses + 1 where tier = 'episodic'`);
    await database.pool.query(`update memory_item set text = 'Likes tea' where tier = 'knowledge'`);
  });

  it('goes with its project', async () => {
    const other = await testRun(database.pool);
    const { scope: step } = await other.attempt({ path: '' });
    await createEntitiesCapability(step).upsert({ type: 'customer', key: 'K', data: { a: 1 } });
    await addItems(database.pool, other.projectId, [{ text: 'x', kind: 'n', tier: 'episodic', untrusted: false }]);
    await database.pool.query('delete from project where id = $1', [other.projectId]);
    const { rows } = await database.pool.query('select from episode where project_id = $1', [other.projectId]);
    expect(rows).toEqual([]);
  });
});

describe('the outcome of a run', () => {
  const end = (status: string) =>
    database.pool.query(
      `update run set status = $2, seq = seq + 1, ended_at = now(), failure = '{"message": "No answer"}' where id = $1`,
      [run.runId.toString(), status],
    );
  const outcomes = () => texts({ kinds: ['outcome'] });

  it('comes into the log once it has ended, and once only', async () => {
    expect(await outcomes()).toEqual([]);
    await end('failed');
    expect(await outcomes()).toEqual(['R-1 of Pipe failed: No answer']);
    await gatherOutcomes(database.pool);
    expect(await outcomes()).toHaveLength(1);
    expect(await texts({ entityId: ids.ALFKI, kinds: ['outcome'] })).toHaveLength(1);
  });

  it('is followed by another one where the run went on', async () => {
    await database.pool.query(`update run set status = 'running', ended_at = null where id = $1`, [
      run.runId.toString(),
    ]);
    expect(await outcomes()).toHaveLength(1);
    await end('completed');
    expect(await outcomes()).toEqual(['R-1 of Pipe completed: No answer', 'R-1 of Pipe failed: No answer']);
  });
});
