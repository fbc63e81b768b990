import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';

const dieAt = path.resolve(import.meta.dirname, 'die-at.ts');
const main = path.resolve(import.meta.dirname, '../engine/main.ts');

export type WorkerProcess = {
  /** SIGKILL: no chance to hand anything over. Starts the next one, as the supervisor would. */
  killAndStartAgain: () => Promise<void>;
  /** SIGSTOP: it stands still and keeps its connections, as a machine that sleeps does. */
  freeze: () => void;
  thaw: () => void;
  /** Of one that dies: it begins to count what it waits for (`die-at.ts`). */
  arm: () => void;
  /** Of one that stands by: it begins to work. */
  begin: () => Promise<void>;
  /** Waits until it has ended by itself. Answers its exit code. */
  ended: () => Promise<number | null>;
  stop: () => Promise<void>;
};

/** A real worker process on a database of a test; one that dies stands by, and works once it is told to begin. */
export async function workerProcess(
  pool: Pool,
  env: Record<string, string>,
  { dies = false } = {},
): Promise<WorkerProcess> {
  const options = dies ? ['--import', dieAt] : [];
  let child = start(env, options);
  if (!dies) await ready(pool, child);
  return {
    async killAndStartAgain() {
      await end(child, 'SIGKILL');
      child = start(env, options);
      await ready(pool, child);
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    arm: () => void child.kill('SIGUSR2'),
    async begin() {
      child.stdin?.end('begin');
      await ready(pool, child);
    },
    async ended() {
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      return child.exitCode;
    },
    stop: () => end(child, 'SIGTERM'),
  };
}

function start(env: Record<string, string>, options: string[]): ChildProcess {
  return spawn(process.execPath, [...options, main], {
    env: { ...process.env, ...env, NODE_OPTIONS: '', LOG_LEVEL: options.length > 0 ? 'error' : 'warn' },
    stdio: [options.length > 0 ? 'pipe' : 'ignore', 'inherit', 'inherit'],
  });
}

async function ready(pool: Pool, child: ChildProcess): Promise<void> {
  for (;;) {
    const { rowCount } = await pool.query(
      'select from worker where pid = $1 and stopped_at is null and dead_at is null',
      [child.pid],
    );
    if (rowCount) return;
    if (child.exitCode !== null) throw new Error(`The worker ended with ${child.exitCode}.`);
    await sleep(20);
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
