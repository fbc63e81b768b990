import pg from 'pg';
import { databaseUrl as urlOfEnvironment } from '#server/env.ts';
import { log } from '#server/log.ts';
import { forgetProcessWide, processWide } from './process-wide.ts';

const url: { current: string | null } = { current: null };

/** The database this process speaks to: what `connectTo` named, or else DATABASE_URL. */
export function databaseUrl(): string {
  return processWide('database-url', () => url).current ?? urlOfEnvironment();
}

/** Names the database before the first query; for tests and for processes that start their own Postgres. */
export function connectTo(connectionString: string): void {
  processWide('database-url', () => url).current = connectionString;
}

/** The process's Postgres pool, made at the first use. */
export function pool(): pg.Pool {
  return processWide('pool', makePool);
}

function makePool(): pg.Pool {
  const made = new pg.Pool({
    connectionString: databaseUrl(),
    max: 10,
    application_name: 'solograph',
    keepAlive: true,
  });
  // An idle connection that the server ends is replaced at the next use; without a listener it would end the process.
  made.on('error', (error) => log().warn({ err: error }, 'an idle database connection was lost'));
  return made;
}

/** Runs one statement and answers its rows. */
export async function query<Row extends pg.QueryResultRow>(sql: string, params: unknown[] = []): Promise<Row[]> {
  const { rows } = await pool().query<Row>(sql, params);
  return rows;
}

/** Closes the pool; a later use opens a new one. */
export async function closePool(): Promise<void> {
  await forgetProcessWide<pg.Pool>('pool')?.end();
}

export type Query = typeof query;

/** Reads several statements as of one moment, so that what they answer fits together. */
export async function readConsistently<T>(read: (query: Query) => Promise<T>): Promise<T> {
  const client = await pool().connect();
  let failure: Error | undefined;
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    const answer = await read(async (sql, params = []) => (await client.query(sql, params)).rows);
    await client.query('commit');
    return answer;
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // A connection that failed is thrown away: its transaction may still be open.
    client.release(failure);
  }
}
