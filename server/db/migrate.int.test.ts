import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '#server/testing/database.ts';
import { migrate } from './migrate.ts';
import { readMigrations } from './migrations-folder.ts';
import { schemaDrift } from './schema-drift.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => await database.close());

const emptied = () =>
  database.pool.query(
    'drop schema public cascade; create schema public; drop schema if exists graphile_worker cascade',
  );

describe('migrate', () => {
  it('agrees with schema.prisma; functions, views and indexes written by hand do not count', async () => {
    expect(await schemaDrift(database.url)).toBe('');
  });

  it('finds what schema.prisma says and no migration does', async () => {
    await database.pool.query('alter table price drop column source');
    expect(await schemaDrift(database.url)).toContain('ALTER TABLE "price" ADD COLUMN     "source" TEXT NOT NULL');
  });

  it('applies everything once, also when three processes start together, and then nothing', async () => {
    await emptied();
    const all = readMigrations().map(({ name }) => name);
    const answers = await Promise.all([1, 2, 3].map(() => migrate(database.url)));
    expect(answers.flatMap(({ applied }) => applied)).toEqual(all);
    expect(await migrate(database.url)).toEqual({ applied: [] });
    const { rows } = await database.pool.query(`select to_regclass('graphile_worker._private_jobs') as jobs`);
    expect(rows[0]?.jobs).toBe('graphile_worker._private_jobs');
  });

  it('applies nothing of a database that has a migration from the future', async () => {
    await database.pool.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at) values ('x', 'x', '29990101_x', now())`,
    );
    await expect(migrate(database.url)).rejects.toThrow('newer than this software');
  });
});
