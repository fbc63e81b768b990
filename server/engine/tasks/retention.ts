import type { Task } from 'graphile-worker';
import { applyRetention } from '#server/retention/apply-retention.ts';
import type { Engine } from '../advance.ts';

/** Job `retention`, once an hour: removes what is kept no longer. Stops between two batches when the worker stops. */
export const retentionTask =
  (engine: Engine): Task =>
  async (_payload, { abortSignal, logger }) => {
    const report = await applyRetention(engine.pool, {
      mayGoOn: () => !engine.draining() && abortSignal?.aborted !== true,
    });
    const pruned = report.projects.filter(({ eventRuns, valueRuns }) => eventRuns + valueRuns > 0);
    if (pruned.length > 0) logger.info(`retention: ${JSON.stringify(pruned)}`);
  };
