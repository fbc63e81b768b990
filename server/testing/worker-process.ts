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
  /** Waits until it has ended by itself. Answers its exit code. */
  ended: () => Promise<number | null>;
  stop: () => Promise<void>;
};

/** A real worker process on a database of a test. */
export async function workerProcess(
  pool: Pool,
  env: Record<string, string>,
  { dies = false } = {},
): Promise<WorkerProcess> {
  const options = dies ? ['--import', dieAt] : [];
  let child = await begin(pool, env, options);
  return {
    async killAndStartAgain() {
      await end(child, 'SIGKILL');
      child = await begin(pool, env, options);
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    arm: () => void child.kill('SIGUSR2'),
    async ended() {
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      return child.exitCode;
    },
    stop: () => end(child, 'SIGTERM'),
  };
}

async function begin(pool: Pool, env: Record<string, string>, options: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [...options, main], {
    env: { ...process.env, ...env, NODE_OPTIONS: '', LOG_LEVEL: options.length > 0 ? 'error' : 'warn' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  for (;;) {
    const { rowCount } = await pool.query(
      'select from worker where pid = $1 and stopped_at is null and dead_at is null',
      [child.pid],
    );
    if (rowCount) return child;
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
