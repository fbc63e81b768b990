import pg from 'pg';
import { databaseUrl } from './pool.ts';

/**
 * Does one thing at a time across all processes of a database. It holds a connection of its own, so that those who
 * wait take none from the pool that the holder needs.
 */
export async function withAdvisoryLock<T>(name: string, act: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl(), application_name: `solograph lock ${name}` });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [`solograph:${name}`]);
    return await act();
  } finally {
    await client.end();
  }
}
