import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { inject } from 'vitest';
import { closePool, connectTo } from '#server/db/pool.ts';
import { forgetProcessWide } from '#server/db/process-wide.ts';
import './provided.ts';

/** A migrated, empty database of one test file. `close` fails where the tests left connections open. */
export type TestDatabase = { url: string; pool: pg.Pool; close: () => Promise<void> };

const leakGraceMs = 2_000;

/**
 * Clones the migrated template database, and makes the clone the database of this process (`pool()`, `db()`). Call it in
 * `beforeAll`, and `close` in `afterAll`. For `*.int.test.ts` only: the servers belong to the integration project.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const { url: server, template } = inject('postgres');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(server, (admin) => admin.query(`create database ${name} template ${template}`));
  const url = urlOf(server, name);
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  connectTo(url);
  const close = async () => {
    await forgetProcessWide<{ $disconnect(): Promise<void> }>('prisma')?.$disconnect();
    await closePool();
    await pool.end();
    await asAdmin(server, (admin) => drop(admin, name));
  };
  return { url, pool, close };
}

/** The address of the Chroma of the integration tests. It is shared: tests keep apart by project. */
export function testChromaUrl(): string {
  return inject('chromaUrl');
}

async function asAdmin<T>(server: string, act: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  try {
    return await act(admin);
  } finally {
    await admin.end();
  }
}

async function drop(admin: pg.Client, name: string): Promise<void> {
  const leaks = await leaksIn(admin, name);
  await admin.query(`drop database ${name} with (force)`);
  if (leaks.length > 0) throw new Error(`These connections were left open: ${leaks.join('; ')}`);
}

// A connection ends on the server a moment after the client closed it.
async function leaksIn(admin: pg.Client, name: string): Promise<string[]> {
  for (const deadline = Date.now() + leakGraceMs; ; await sleep(20)) {
    const { rows } = await admin.query<{ who: string }>(
      `select concat_ws(': ', nullif(application_name, ''), left(query, 120)) as who
         from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
      [name],
    );
    if (rows.length === 0 || Date.now() > deadline) return rows.map((row) => row.who);
  }
}

function urlOf(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
