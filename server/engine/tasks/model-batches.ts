import type { Task } from 'graphile-worker';
import { tendBatches } from '#server/models/batch/tend-batches.ts';
import type { Engine } from '../advance.ts';

/**
 * Job `model-batches`: gathers model calls into the batches of providers, sends them, and lets steps go on whose answers
 * have come. It comes again for as long as a batch is under way; the one of every minute stands behind it.
 */
export const modelBatchesTask =
  ({ pool, adapters, hints }: Engine): Task =>
  async () => {
    const { runs, againMs } = await tendBatches({ db: pool, models: adapters.models });
    for (const runId of runs) hints.add(runId);
    if (againMs !== null)
      await pool.query(
        `select graphile_worker.add_job('model-batches', job_key := 'model-batches:look', run_at := now() + $1 * interval '1 ms')`,
        [againMs],
      );
  };
