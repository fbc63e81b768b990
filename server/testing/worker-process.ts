import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';

const main = path.resolve(import.meta.dirname, '../engine/main.ts');

export type WorkerProcess = {
  /** SIGKILL: no chance to hand anything over. Starts the next one, as the supervisor would. */
  killAndStartAgain: () => Promise<void>;
  /** SIGSTOP: it stands still and keeps its connections, as a machine that sleeps does. */
  freeze: () => void;
  thaw: () => void;
  /** Waits until it has ended by itself. Answers its exit code. */
  ended: () => Promise<number | null>;
  stop: () => Promise<void>;
};

/** A real worker process on a database of a test. */
export async function workerProcess(pool: Pool, env: Record<string, string>): Promise<WorkerProcess> {
  let child = await begin(pool, env);
  return {
    async killAndStartAgain() {
      await end(child, 'SIGKILL');
      child = await begin(pool, env);
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    async ended() {
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      return child.exitCode;
    },
    stop: () => end(child, 'SIGTERM'),
  };
}

async function begin(pool: Pool, env: Record<string, string>): Promise<ChildProcess> {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, ...env, NODE_OPTIONS: '', LOG_LEVEL: 'warn' },
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
