import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';
import { type Migration, readMigrations } from './migrations-folder.ts';

/** The database cannot be brought to this software's schema. The message says what to do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

type Recorded = { migration_name: string; checksum: string; finished: boolean };

const silent = new Logger(() => () => undefined);

/**
 * Brings a database to the schema of this software: Prisma's migrations, then Graphile Worker's. One process at a time;
 * a database that is current costs two short queries. Answers the names of the migrations that were applied.
 * Throws a MigrationError where the database is newer than the software or was changed by other hands.
 */
export async function migrate(databaseUrl: string): Promise<{ applied: string[] }> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'solograph migrate' });
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtextextended('solograph:migrate', 0))`);
    const applied = await applyPending(client, databaseUrl, readMigrations());
    await runMigrations({ connectionString: databaseUrl, maxPoolSize: 1, logger: silent });
    return { applied };
  } finally {
    await client.end();
  }
}

async function applyPending(client: pg.Client, databaseUrl: string, known: Migration[]): Promise<string[]> {
  const pending = pendingOf(await recordedIn(client), known);
  if (pending.length === 0) return [];
  const { applyMigrations } = await import('./schema-engine.ts');
  try {
    return await applyMigrations(databaseUrl, known);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const names = pending.map(({ name }) => name).join(', ');
    throw new MigrationError(`The migration of the database failed (pending: ${names}): ${reason}`, { cause });
  }
}

async function recordedIn(client: pg.Client): Promise<Recorded[]> {
  const { rows: there } = await client.query(`select to_regclass('_prisma_migrations') is not null as there`);
  if (!there[0]?.there) return [];
  const { rows } = await client.query<Recorded>(
    `select migration_name, checksum, finished_at is not null as finished
       from _prisma_migrations where rolled_back_at is null order by started_at`,
  );
  return rows;
}

/** Which migrations a database still needs, by what it recorded. Throws where the two do not fit together. */
export function pendingOf(recorded: readonly Recorded[], known: readonly Migration[]): Migration[] {
  const byName = new Map(known.map((migration) => [migration.name, migration]));
  for (const { migration_name: name, checksum, finished } of recorded) {
    const migration = byName.get(name);
    if (!migration) {
      throw new MigrationError(
        `The database is newer than this software: it has the migration "${name}", which is not known here. ` +
          'Update the software, or use the database that belongs to this version.',
      );
    }
    if (!finished) {
      throw new MigrationError(
        `The migration "${name}" began and did not finish. Restore the database from a backup, or repair it by hand ` +
          'and delete its row in _prisma_migrations, then start again.',
      );
    }
    if (migration.checksum !== checksum) {
      throw new MigrationError(
        `The migration "${name}" was changed after it was applied. Take back the change to ` +
          `prisma/migrations/${name}/migration.sql and make a new migration with npm run db:diff.`,
      );
    }
  }
  const applied = new Set(recorded.map((row) => row.migration_name));
  return known.filter(({ name }) => !applied.has(name));
}
