import type { Task } from 'graphile-worker';
import { applyForgetting } from '#server/forgetting/apply-forgetting.ts';
import { applyRetention } from '#server/retention/apply-retention.ts';
import type { Engine } from '../advance.ts';

/** Job `retention`, once an hour: removes what is kept no longer of runs and of memory. Stops between two batches when the worker stops. */
export const retentionTask =
  (engine: Engine): Task =>
  async (_payload, { abortSignal, logger }) => {
    const mayGoOn = (): boolean => !engine.draining() && abortSignal?.aborted !== true;
    const report = await applyRetention(engine.pool, { mayGoOn });
    const pruned = report.projects.filter(({ eventRuns, valueRuns }) => eventRuns + valueRuns > 0);
    const forgotten = mayGoOn() ? await applyForgetting(engine.pool, engine.adapters.chroma, mayGoOn) : [];
    if (forgotten.length > 0) logger.info(`memory: ${JSON.stringify(forgotten)}`);
    if (pruned.length > 0) logger.info(`retention: ${JSON.stringify(pruned)}`);
  };
