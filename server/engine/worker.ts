import { EventEmitter } from 'node:events';
import { Logger, type Runner, run, type WorkerEvents } from 'graphile-worker';
import pg from 'pg';
import type { Logger as Pino } from 'pino';
import { openAdapters } from '#server/adapters/compose.ts';
import type { Env } from '#server/env.ts';
import { version } from '#server/version.ts';
import type { Engine } from './advance.ts';
import { createWriter } from './commit.ts';
import { listenForControl } from './control.ts';
import { createGate } from './gate.ts';
import { createHints } from './hints.ts';
import { createLease } from './lease.ts';
import { createHandOver, leave, register } from './liveness.ts';
import { createRunCache } from './run-cache.ts';
import { tasksOf } from './tasks/all.ts';
import { createTelling } from './telling.ts';
import { startTicks } from './ticks.ts';
import { answerMs, drainMs, handOverMs } from './timing.ts';

/** A worker never starts a database of its own: it needs one named. */
export type WorkerEnv = Env & { DATABASE_URL: string };

const crontab = [
  '* * * * * index-memory ?max=1&jobKey=index-memory',
  '* * * * * model-batches ?max=1&jobKey=model-batches:look',
  '* * * * * read-documents ?max=1&jobKey=read-documents',
  '17 * * * * retention ?max=1&jobKey=retention',
].join('\n');

export type RunningWorker = { workerId: string; stop: () => Promise<void> };

/**
 * Starts one worker on the database. `onFatal` is called when it may no longer work (its lock is lost or others
 * declared it dead): the process should end and be started again.
 */
export async function startWorker(
  env: WorkerEnv,
  log: Pino,
  onFatal: (reason: string) => void,
): Promise<RunningWorker> {
  const { DATABASE_URL: connectionString, WORKER_CONCURRENCY: concurrency } = env;
  const graphileIds: string[] = [];
  let doubt = (): void => undefined;
  const pool = openPool(env, (error) => {
    doubt();
    log.warn({ err: error }, 'a database connection was lost');
  });
  const adapters = await openAdapters(env, pool);
  const registration = await register(connectionString, { version, concurrency }, onFatal);
  const { workerId } = registration;
  const lease = createLease({ pool, workerId, graphileIds, onLost: onFatal });
  doubt = lease.doubt;
  const phase = { drains: false, handsOver: false };
  const cache = createRunCache(pool);
  const engine: Engine = {
    pool,
    workerId,
    adapters,
    cache,
    writer: createWriter(pool, cache.learn),
    gate: createGate(concurrency * 5),
    hints: createHints(pool, (error) => log.warn({ err: error }, 'a live hint was not sent')),
    telling: createTelling(pool, (error) => log.warn({ err: error }, 'what a step says was not told')),
    running: new Map(),
    lease,
    handOver: createHandOver(pool, workerId),
    draining: () => phase.drains,
    handsOver: () => phase.handsOver,
    done: { steps: 0 },
  };
  const control = await listenForControl(engine, (error) => log.warn({ err: error }, 'control connection'));
  const runner = await takeJobs(engine, { concurrency, graphileIds, log });
  const stopTicks = startTicks(engine, log);
  log.info({ workerId, concurrency }, 'worker ready');

  const stop = async (): Promise<void> => {
    phase.drains = true;
    engine.gate.close();
    const late = setTimeout(() => {
      phase.handsOver = true;
      for (const step of engine.running.values()) step.abort.abort();
    }, drainMs);
    await inTime(drainMs + handOverMs, runner.stop());
    clearTimeout(late);
    await stopTicks();
    await engine.hints.close();
    await engine.telling.close();
    await control.close();
    await leave(pool, registration);
    await adapters.close();
    await inTime(handOverMs, pool.end());
  };
  return { workerId, stop };
}

function openPool({ DATABASE_URL, WORKER_CONCURRENCY }: WorkerEnv, onLost: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: DATABASE_URL,
    max: WORKER_CONCURRENCY + 6,
    application_name: 'solograph worker',
    keepAlive: true,
    query_timeout: answerMs,
  });
  pool.on('error', onLost);
  pool.on('connect', (client) => void client.on('error', onLost));
  return pool;
}

type Taking = { concurrency: number; graphileIds: string[]; log: Pino };

async function takeJobs(engine: Engine, { concurrency, graphileIds, log }: Taking): Promise<Runner> {
  const events: WorkerEvents = new EventEmitter();
  events.on('pool:create', ({ workerPool }) => {
    graphileIds.push(workerPool.id);
    engine.lease.beat().catch((error: unknown) => log.warn({ err: error }, 'first heartbeat'));
  });
  return await run({
    pgPool: engine.pool,
    concurrency,
    pollInterval: 500,
    noHandleSignals: true,
    events,
    crontab,
    taskList: tasksOf(engine),
    logger: new Logger(() => (level, message) => (level === 'error' ? log.error(message) : log.debug(message))),
  });
}

/** Waits for some work, but not longer than this: what a node does not give up is taken from it. */
async function inTime(limitMs: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
