import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectTo } from '#server/db/pool.ts';
import { type TestDatabase, testChromaUrl, testDatabase } from '#server/testing/database.ts';
import { checkHealth, postgresReason } from './health.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => await database.close());

async function withWorker(changes: string): Promise<void> {
  await database.pool.query('truncate worker cascade');
  await database.pool.query(`insert into worker (host, pid, version, concurrency) values ('h', 1, '0', 1)`);
  await database.pool.query(`update worker set ${changes}`);
}

describe('checkHealth', () => {
  it('is well with Postgres, Chroma and a live worker', async () => {
    await withWorker('heartbeat_at = now()');
    const health = await checkHealth({ chromaUrl: testChromaUrl() });
    expect(health).toMatchObject({ ok: true, degraded: false, workers: { ok: true, count: 1 } });
    expect(health.postgres.version).toMatch(/^18\./);
    expect(health.chroma.version).toMatch(/^\d+\./);
  });

  it.each([
    ['stopped', 'stopped_at = now()'],
    ['was declared dead', 'dead_at = now()'],
    ['has been silent for a while', `heartbeat_at = now() - interval '11 seconds'`],
  ])('is not well when the only worker %s', async (_, changes) => {
    await withWorker(changes);
    const health = await checkHealth({ chromaUrl: testChromaUrl() });
    expect(health).toMatchObject({ ok: false, postgres: { ok: true }, workers: { ok: false, count: 0 } });
    expect(health.workers.reason).toContain('npm run worker');
  });

  it('stays up without Chroma, and says what is lost', async () => {
    await withWorker('heartbeat_at = now()');
    const health = await checkHealth({ chromaUrl: 'http://user:hidden@127.0.0.1:9' });
    expect(health).toMatchObject({ ok: true, degraded: true, chroma: { ok: false } });
    expect(JSON.stringify(health)).toContain('Postgres full text');
    expect(JSON.stringify(health)).not.toContain('hidden');
  });

  it('names why Postgres is not well, without its address', async () => {
    const { forgetProcessWide } = await import('#server/db/process-wide.ts');
    const { closePool } = await import('#server/db/pool.ts');
    await closePool();
    connectTo('postgres://user:hidden@127.0.0.1:9/x');
    const health = await checkHealth({ chromaUrl: testChromaUrl() });
    expect(health).toMatchObject({
      ok: false,
      postgres: { ok: false, reason: 'nothing listens at its address' },
      workers: { ok: false, reason: 'the database does not answer' },
    });
    forgetProcessWide('pool');
    connectTo(database.url);
  });

  it('does not repeat what an unknown error tells of users and addresses', () => {
    expect(postgresReason(Object.assign(new Error('password of bob'), { code: 'XX001' }))).toBe(
      'it does not answer (XX001)',
    );
  });
});
