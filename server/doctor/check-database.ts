import { checkHealth } from '#server/boot/health.ts';
import { query } from '#server/db/pool.ts';
import { type Finding, finding } from './finding.ts';

type Row = { version: string; used: number; most: number; fsync: string; sync: string; bytes: string };

/** Whether Postgres answers, keeps what it is told, and has connections left. */
export async function checkDatabase(): Promise<Finding[]> {
  const { postgres } = await checkHealth();
  if (!postgres.ok)
    return [
      finding('database', 'wrong', {
        what: 'Postgres is not well',
        why: postgres.reason,
        todo: 'Start it, or correct DATABASE_URL.',
      }),
    ];
  const [row] = await query<Row>(
    `select current_setting('server_version') as version, (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as used,
            current_setting('max_connections')::int as most, current_setting('fsync') as fsync, current_setting('synchronous_commit') as sync,
            pg_database_size(current_database())::text as bytes`,
  );
  if (!row) return [];
  const what = `Postgres ${row.version}, ${(Number(row.bytes) / 1e6).toFixed(0)} MB, ${row.used} of ${row.most} connections`;
  return [finding('database', 'ok', { what }), ...durability(row), ...connections(row)];
}

function durability({ fsync, sync }: Row): Finding[] {
  if (fsync === 'on' && sync !== 'off') return [];
  const setting = fsync === 'on' ? 'synchronous_commit' : 'fsync';
  return [
    finding('database', 'wrong', {
      what: `${setting} is off`,
      why: 'what was committed can be lost when the machine stops',
      todo: `Set ${setting} = on.`,
    }),
  ];
}

function connections({ used, most }: Row): Finding[] {
  if (used < most * 0.9) return [];
  return [
    finding('database', 'wrong', {
      what: 'connections run out',
      why: `${used} of ${most} are taken`,
      todo: 'Raise max_connections, lower WORKER_CONCURRENCY, or stop a worker.',
    }),
  ];
}
