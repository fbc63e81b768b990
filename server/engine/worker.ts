import { EventEmitter } from 'node:events';
import { Logger, run, type WorkerEvents } from 'graphile-worker';
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
import { adoptOrphans, beat, deliverEvents, leave, recover, register, returnUnserved } from './liveness.ts';
import { createRunCache } from './run-cache.ts';
import { tasksOf } from './tasks/all.ts';
import { createTidy } from './tidy.ts';
import { adoptMs, drainMs, heartbeatMs, leaseMs, recoverMs } from './timing.ts';

/** A worker never starts a database of its own: it needs one named. */
export type WorkerEnv = Env & { DATABASE_URL: string };

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
  const connectionString = env.DATABASE_URL;
  const concurrency = env.WORKER_CONCURRENCY;
  const pool = new pg.Pool({
    connectionString,
    max: concurrency + 6,
    application_name: 'solograph worker',
    // A connection that gives no answer for so long is broken, although nobody has closed it.
    query_timeout: leaseMs,
  });
  const lost = (error: Error): void => log.warn({ err: error }, 'a database connection was lost');
  pool.on('error', lost);
  pool.on('connect', (client) => void client.on('error', lost));
  const adapters = await openAdapters(env, pool);
  const registration = await register(connectionString, { version, concurrency }, onFatal);
  let draining = false;
  const engine: Engine = {
    pool,
    workerId: registration.workerId,
    adapters,
    cache: createRunCache(pool),
    writer: createWriter(pool),
    gate: createGate(env.WORKER_CONCURRENCY * 5),
    hints: createHints(pool, (error) => log.warn({ err: error }, 'a live hint was not sent')),
    running: new Map(),
    draining: () => draining,
    done: { steps: 0 },
  };
  const closeControl = await listenForControl(connectionString, engine, (error) =>
    log.warn({ err: error }, 'control connection'),
  );
  const graphileIds: string[] = [];
  const events: WorkerEvents = new EventEmitter();
  events.on('pool:create', ({ workerPool }) => {
    graphileIds.push(workerPool.id);
    beat(pool, engine.workerId, graphileIds).catch((error: unknown) => log.warn({ err: error }, 'first heartbeat'));
  });
  const runner = await run({
    pgPool: pool,
    concurrency,
    pollInterval: 500,
    noHandleSignals: true,
    events,
    crontab: '* * * * * index-memory ?max=1&jobKey=index-memory',
    taskList: tasksOf(engine),
    logger: new Logger(() => (level, message) => (level === 'error' ? log.error(message) : log.debug(message))),
  });
  const stopTicks = startTicks(engine, graphileIds, { log, onFatal });
  log.info({ workerId: engine.workerId, concurrency }, 'worker ready');

  const stop = async (): Promise<void> => {
    draining = true;
    const late = setTimeout(() => {
      for (const step of engine.running.values()) step.abort.abort();
    }, drainMs);
    await runner.stop();
    clearTimeout(late);
    await stopTicks();
    await engine.hints.close();
    await closeControl();
    await leave(pool, registration);
    await adapters.close();
    await pool.end();
  };
  return { workerId: engine.workerId, stop };
}

type Ticks = { log: Pino; onFatal: (reason: string) => void };

function startTicks(engine: Engine, graphileIds: string[], { log, onFatal }: Ticks): () => Promise<void> {
  let suspects = new Set<string>();
  let beatAt = performance.now();
  const tidy = createTidy();
  const heartbeat = every(heartbeatMs, async () => {
    if (!(await beat(engine.pool, engine.workerId, graphileIds)))
      return onFatal('other workers declared this one dead');
    beatAt = performance.now();
    tidy.tick({ busy: engine.running.size > 0, done: engine.done.steps });
    suspects = await returnUnserved(engine.pool, engine.workerId, new Set(engine.running.keys()), suspects);
  });
  const recovery = every(recoverMs, async () => {
    const runs = await recover(engine.pool);
    if (runs.length > 0) log.warn({ runs: runs.length }, 'took back the steps of a dead worker');
    for (const runId of runs) engine.hints.add(runId);
  });
  const adoption = every(adoptMs, async () => {
    const runs = [...(await adoptOrphans(engine.pool)), ...(await deliverEvents(engine.pool))];
    if (runs.length > 0) log.warn({ runs: runs.length }, 'went on with steps that nothing led to');
    for (const runId of runs) engine.hints.add(runId);
  });
  // By then others have declared it dead, and the jobs that it takes would come to nothing.
  const watch = setInterval(() => {
    if (performance.now() - beatAt > leaseMs)
      onFatal('its heartbeat did not reach the database for the time of a lease');
  }, heartbeatMs);
  return async () => {
    clearInterval(watch);
    await Promise.all([heartbeat(), recovery(), adoption()]);
  };

  function every(ms: number, tick: () => Promise<void>): () => Promise<void> {
    let stopped = false;
    const once = async (): Promise<void> => {
      if (!stopped) await tick().catch((error: unknown) => log.error({ err: error }, 'tick failed'));
    };
    // The first at once: a worker is often started because another one died.
    let turn = once();
    const timer = setInterval(() => {
      turn = turn.then(once);
    }, ms);
    return async () => {
      stopped = true;
      clearInterval(timer);
      await turn;
    };
  }
}
