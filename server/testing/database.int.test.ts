import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { query } from '#server/db/pool.ts';
import { testChromaUrl, testDatabase } from './database.ts';

describe('testDatabase', () => {
  it('gives each caller an empty, migrated database of its own', async () => {
    const one = await testDatabase();
    await one.pool.query(`insert into program (hash, ir) values ('x', '{}')`);
    const other = await testDatabase();
    expect((await other.pool.query('select * from program')).rows).toEqual([]);
    expect((await other.pool.query('select max(id) > 10 as migrated from graphile_worker.migrations')).rows).toEqual([
      { migrated: true },
    ]);
    expect(await query('select * from program')).toEqual([]);
    await other.close();
    await one.close();
  });

  it('fails a file that leaves connections open', async () => {
    const database = await testDatabase();
    const leak = new pg.Client({ connectionString: database.url, application_name: 'forgotten' });
    leak.on('error', () => undefined);
    await leak.connect();
    await expect(database.close()).rejects.toThrow('forgotten');
  });

  it('comes with a Chroma that answers', async () => {
    const answer = await fetch(`${testChromaUrl()}/api/v2/heartbeat`);
    expect(answer.status).toBe(200);
  });
});
