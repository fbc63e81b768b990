import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#nodes/core/json.ts';
import { addItems } from '#server/memory/items.ts';
import { type TestDatabase, testDatabase } from '#server/testing/database.ts';
import { type TestRun, testRun } from '#server/testing/step-scope.ts';
import { createEntitiesCapability } from './entities.ts';

let database: TestDatabase;
let db: Pool;
let run: TestRun;
let paths = 0;

beforeAll(async () => {
  database = await testDatabase();
  db = database.pool;
  run = await testRun(db);
});
afterAll(async () => await database.close());

async function entities(path = `p:${paths++}`, attempt = 1) {
  const { scope } = await run.attempt({ path, attempt });
  return createEntitiesCapability(scope);
}

const changesOf = async (entityId: string) =>
  (
    await db.query('select version, previous, changed from entity_change where entity_id = $1 order by version', [
      entityId,
    ])
  ).rows;

describe('an entity', () => {
  it('is created, then merged: what is not named stays, and only what differs counts as changed', async () => {
    const first = await (await entities()).upsert({
      type: 'customer',
      key: 'ALFKI',
      data: { name: 'Alfreds', city: 'Berlin' },
    });
    expect(first).toMatchObject({ created: true, changed: ['name', 'city'], previous: null, entity: { version: 1 } });
    const second = await (await entities()).upsert({
      type: 'customer',
      key: 'ALFKI',
      data: { city: 'Bonn', name: 'Alfreds', tags: { b: 1, a: [2] } },
    });
    expect(second).toMatchObject({ created: false, changed: ['city', 'tags'], entity: { version: 2 } });
    expect(second.previous).toEqual({ name: 'Alfreds', city: 'Berlin' });
    expect(second.entity.data).toEqual({ name: 'Alfreds', city: 'Bonn', tags: { a: [2], b: 1 } });
    expect(second.entity.updatedAt).toBeGreaterThanOrEqual(first.entity.updatedAt);
    expect(await changesOf(second.entity.id)).toHaveLength(2);
  });

  it('is not changed, nor its version counted up, by what it holds already', async () => {
    const data = { name: 'Ana', nested: { a: 1, b: 2 } };
    const { entity } = await (await entities()).upsert({ type: 'customer', key: 'ANATR', data });
    const again = await (await entities()).upsert({ type: 'customer', key: 'ANATR', data: { nested: { b: 2, a: 1 } } });
    expect(again).toMatchObject({ created: false, changed: [], entity: { version: 1 } });
    expect(again.previous).toEqual(data);
    expect(await changesOf(entity.id)).toHaveLength(1);
  });

  it('is changed once by a step, however often the step is tried', async () => {
    const [created, merged] = ['again:0', 'again:1'];
    const first = await (await entities(created)).upsert({ type: 't', key: 'k', data: { a: 1 } });
    expect(await (await entities(created, 2)).upsert({ type: 't', key: 'k', data: { a: 1 } })).toEqual(first);
    const second = await (await entities(merged)).upsert({ type: 't', key: 'k', data: { b: 2 } });
    await (await entities()).upsert({ type: 't', key: 'k', data: { c: 3 } });
    const repeated = await (await entities(merged, 2)).upsert({ type: 't', key: 'k', data: { b: 2 } });
    expect(repeated).toMatchObject({ created: false, changed: ['b'], previous: { a: 1 } });
    expect(repeated.entity).toMatchObject({ version: second.entity.version, data: { a: 1, b: 2 } });
    expect(await changesOf(first.entity.id)).toHaveLength(3);
  });

  it('can be another one in a later attempt whose input was changed', async () => {
    const one = await (await entities('edited')).upsert({ type: 't', key: 'one', data: { a: 1 } });
    const two = await (await entities('edited', 2)).upsert({ type: 't', key: 'two', data: { a: 1 } });
    expect(two).toMatchObject({ created: true, entity: { key: 'two' } });
    expect(two.entity.id).not.toBe(one.entity.id);
    const again = await (await entities('edited', 3)).upsert({ type: 't', key: 'two', data: { a: 1 } });
    expect(again).toMatchObject({ created: true, changed: ['a'] });
  });

  it('loses nothing when many write to it at once', async () => {
    const writers = await Promise.all(Array.from({ length: 12 }, () => entities()));
    const results = await Promise.all(
      writers.map((writer, n) => writer.upsert({ type: 't', key: 'shared', data: { [`m${n}`]: n } })),
    );
    expect(results.filter(({ created }) => created)).toHaveLength(1);
    const [entity] = await (await entities()).find({ type: 't', key: 'shared', limit: 1 });
    expect(Object.keys(entity?.data ?? {})).toHaveLength(12);
    expect(entity?.version).toBe(12);
  });

  it('needs a key', async () => {
    await expect((await entities()).upsert({ type: 't', key: ' ', data: {} })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      happened: 'no',
    });
  });

  it('may hold text that Postgres cannot: it is made storable', async () => {
    const { entity } = await (await entities()).upsert({ type: 't', key: 'nul', data: { a: 'x\0y\ud800' } });
    expect(entity.data).toEqual({ a: 'x\ufffdy\ufffd' });
  });
});

describe('a change that is taken back', () => {
  const type = 'client';
  const step = async (path: string, key: string, data: JsonObject) => {
    const { scope } = await run.attempt({ path });
    const { entity } = await createEntitiesCapability(scope).upsert({ type, key, data });
    return { effectKey: scope.key, entityId: entity.id };
  };
  const restore = async (what: { effectKey: string; entityId?: string }) => await (await entities()).restore(what);
  const dataOf = async (key: string) => (await (await entities()).find({ type, key, limit: 1 }))[0]?.data;

  it('gives members their earlier values, and takes away those that were not there', async () => {
    await step('r:0', 'a', { city: 'Bonn', phone: '030' });
    const change = await step('r:1', 'a', { city: 'Berlin', tags: ['x'] });
    const [restored] = await restore(change);
    expect(restored).toMatchObject({ key: 'a', removed: false, restored: ['city', 'tags'], kept: [] });
    expect(await dataOf('a')).toEqual({ city: 'Bonn', phone: '030' });
  });

  it('is taken back once, however often it is asked', async () => {
    await step('r:2', 'b', { city: 'Bonn' });
    const change = await step('r:3', 'b', { city: 'Berlin' });
    const first = await restore(change);
    await step('r:4', 'b', { city: 'Berlin' });
    expect(await restore(change)).toEqual(first);
    expect(await dataOf('b')).toEqual({ city: 'Berlin' });
  });

  it('leaves what others changed since, and names it', async () => {
    await step('r:5', 'c', { city: 'Bonn', phone: '1' });
    const change = await step('r:6', 'c', { city: 'Berlin', phone: '2' });
    await step('r:7', 'c', { phone: '3' });
    expect(await restore(change)).toMatchObject([{ restored: ['city'], kept: ['phone'] }]);
    expect(await dataOf('c')).toEqual({ city: 'Bonn', phone: '3' });
  });

  it('was a creation: the entity is removed, also after later changes were taken back', async () => {
    const created = await step('r:8', 'd', { city: 'Bonn' });
    const merged = await step('r:9', 'd', { city: 'Berlin', phone: '1' });
    expect(await restore(merged)).toMatchObject([{ restored: ['city', 'phone'] }]);
    expect(await restore(created)).toMatchObject([{ removed: true, keptBecause: null }]);
    expect(await dataOf('d')).toBeUndefined();
    expect(await restore(created)).toEqual([]);
  });

  it('was a creation that others built on: the entity stays, and why is said', async () => {
    const created = await step('r:10', 'e', { city: 'Bonn' });
    await step('r:11', 'e', { phone: '1' });
    expect(await restore(created)).toMatchObject([{ removed: false, keptBecause: 'changed' }]);
    const told = await step('r:12', 'f', { city: 'Bonn' });
    await addItems(db, run.projectId, [
      { text: 'Called', kind: 'note', tier: 'episodic', untrusted: false, entityId: told.entityId },
    ]);
    expect(await restore(told)).toMatchObject([{ removed: false, keptBecause: 'remembered' }]);
    expect(await dataOf('f')).toEqual({ city: 'Bonn' });
  });

  it('may have been made to two entities, where a later attempt had other input', async () => {
    const first = await step('r:13', 'g', { city: 'Bonn' });
    const second = await step('r:13', 'h', { city: 'Bonn' });
    expect(second.effectKey).toBe(first.effectKey);
    expect((await restore(second)).map(({ key, removed }) => [key, removed])).toEqual([
      ['g', true],
      ['h', true],
    ]);
  });

  it('is never one of another project, nor one that was not made', async () => {
    const change = await step('r:14', 'i', { city: 'Bonn' });
    const other = createEntitiesCapability((await (await testRun(db)).attempt()).scope);
    expect(await other.restore(change)).toEqual([]);
    expect(await restore({ effectKey: 'nothing' })).toEqual([]);
    expect(await dataOf('i')).toEqual({ city: 'Bonn' });
  });
});

describe('find', () => {
  it('finds by key, and by the values of members, the newest first', async () => {
    for (const [key, city] of [
      ['f1', 'Berlin'],
      ['f2', 'Bern'],
      ['f3', 'Berlin'],
    ] as const)
      await (await entities()).upsert({ type: 'place', key, data: { city, address: { zip: key } } });
    const found = async (query: object) =>
      (await (await entities()).find({ type: 'place', limit: 10, ...query })).map(({ key }) => key);
    expect(await found({})).toEqual(['f3', 'f2', 'f1']);
    expect(await found({ key: 'f2' })).toEqual(['f2']);
    expect(await found({ where: { city: 'Berlin' } })).toEqual(['f3', 'f1']);
    expect(await found({ where: { address: { zip: 'f1' } } })).toEqual(['f1']);
    expect(await found({ limit: 1 })).toEqual(['f3']);
    expect(await found({ where: { city: 'Rome' } })).toEqual([]);
  });

  it('never finds or changes what belongs to another project', async () => {
    await (await entities()).upsert({ type: 'own', key: 'x', data: { secret: 1 } });
    const other = await testRun(db);
    const theirs = createEntitiesCapability((await other.attempt()).scope);
    expect(await theirs.find({ type: 'own', key: 'x', limit: 5 })).toEqual([]);
    expect(await theirs.upsert({ type: 'own', key: 'x', data: { a: 1 } })).toMatchObject({ created: true });
    const [mine] = await (await entities()).find({ type: 'own', key: 'x', limit: 1 });
    expect(mine?.data).toEqual({ secret: 1 });
  });
});
