import type { Task } from 'graphile-worker';
import { z } from 'zod';
import type { Engine } from '../advance.ts';

const payload = z.object({ bucket: z.string() });
/** One that was refused is about to wait: so soon it does. */
const againMs = 50;

/** Job `model-places`: steps that wait for a place of their kind of work go on, as far as places are free. */
export const modelPlacesTask =
  ({ pool, hints }: Engine): Task =>
  async (job) => {
    const { bucket } = payload.parse(job);
    const { rows } = await pool.query<{ woken: { runs: string[]; again: boolean } }>(
      'select sg_wake_placed($1) as woken',
      [bucket],
    );
    const { runs = [], again = false } = rows[0]?.woken ?? {};
    for (const runId of runs) hints.add(runId);
    if (again)
      await pool.query(
        `select graphile_worker.add_job('model-places', json_build_object('bucket', $1::text), job_key := 'model-places:again:' || $1, run_at := now() + $2 * interval '1 ms')`,
        [bucket, againMs],
      );
  };
