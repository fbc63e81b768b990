import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { ChildSpec } from './guardian.ts';
import { logFileOf } from './home.ts';

/** How to start the worker process. It drains on SIGTERM. */
export function workerSpec(root: string, home: string, env: Record<string, string | undefined>): ChildSpec {
  return {
    name: 'worker',
    command: process.execPath,
    args: ['--expose-gc', path.join(root, 'server', 'engine', 'main.ts')],
    cwd: root,
    env,
    logFile: logFileOf(home, 'worker'),
    stop: [{ signal: 'SIGTERM', waitMs: 4_500 }],
    stopOrder: 2,
  };
}

/** Waits until the worker with this pid has registered itself in the database. */
export async function waitForWorker(databaseUrl: string, pid: number, giveUp: AbortSignal): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (;;) {
      giveUp.throwIfAborted();
      const { rowCount } = await client.query(
        `select 1 from worker where pid = $1 and stopped_at is null and dead_at is null
           and heartbeat_at > now() - interval '10 seconds'`,
        [pid],
      );
      if (rowCount) return;
      await sleep(30);
    }
  } finally {
    await client.end();
  }
}
