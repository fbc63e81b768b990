import type { Logger } from 'pino';
import type { Engine } from './advance.ts';
import { adoptOrphans, adoptUndos, deliverEvents, recover, returnUnserved } from './liveness.ts';
import { createTidy } from './tidy.ts';
import { adoptAllMs, adoptMs, heartbeatMs, recoverMs } from './timing.ts';

/**
 * Starts what a worker does by the clock: its heartbeat, and looking for what others have left behind. Each look is cheap
 * where there is nothing to find. Answers how to stop.
 */
export function startTicks(engine: Engine, log: Logger): () => Promise<void> {
  const every = clock(log);
  const tidy = createTidy();
  let suspects: ReadonlySet<string> = new Set();
  let adoptedAllAt = performance.now();
  const goOn = (runs: string[], what: string): void => {
    if (runs.length > 0) log.warn({ runs: runs.length }, what);
    for (const runId of runs) engine.hints.add(runId);
  };
  const heartbeat = every(heartbeatMs, async () => {
    tidy.tick({ busy: engine.running.size > 0, done: engine.done.steps });
    if (!(await engine.lease.beat())) return;
    const looks = suspects.size > 0 || engine.lease.inDoubt();
    if (looks) suspects = await returnUnserved(engine.pool, engine.workerId, new Set(engine.running.keys()), suspects);
  });
  const recovery = every(recoverMs, async () =>
    goOn(await recover(engine.pool), 'took back the steps of a dead worker'),
  );
  const adoption = every(adoptMs, async () => {
    const all = performance.now() - adoptedAllAt > adoptAllMs;
    if (all) adoptedAllAt = performance.now();
    if (all) await engine.pool.query('select sg_sweep_places()');
    goOn(await adoptOrphans(engine.pool, all), 'went on with steps that nothing led to');
    goOn(await deliverEvents(engine.pool), 'delivered events that crossed with their waiters');
    goOn(await adoptUndos(engine.pool), 'went on with undos that nothing led to');
  });
  return async () => void (await Promise.all([heartbeat(), recovery(), adoption()]));
}

/** Makes loops: each is a shell around one tick that never overlaps itself. */
function clock(log: Logger): (ms: number, tick: () => Promise<void>) => () => Promise<void> {
  return (ms, tick) => {
    let stopped = false;
    let ticking: Promise<void> | null = null;
    const once = (): void => {
      ticking ??= tick()
        .catch((error: unknown) => {
          if (!stopped) log.error({ err: error }, 'tick failed');
        })
        .finally(() => {
          ticking = null;
        });
    };
    // The first at once: a worker is often started because another one has died.
    once();
    const timer = setInterval(once, ms);
    return async () => {
      stopped = true;
      clearInterval(timer);
      await ticking;
    };
  };
}
