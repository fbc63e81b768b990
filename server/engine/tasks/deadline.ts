import type { Task } from 'graphile-worker';
import { z } from 'zod';
import type { Engine } from '../advance.ts';

const payload = z.object({ runId: z.string().regex(/^\d+$/) });

/** Job `deadline`: a run that has taken longer than its pipeline allows ends as failed. */
export const deadlineTask =
  (engine: Engine): Task =>
  async (job) => {
    const { runId } = payload.parse(job);
    const failure = { code: 'RUN_TIMEOUT', message: 'The run took longer than its pipeline allows.' };
    const { rowCount } = await engine.pool.query(
      'select from run where id = $1 and deadline_at <= now() and sg_fail_run(id, $2::jsonb)',
      [runId, JSON.stringify(failure)],
    );
    if (rowCount) engine.hints.add(runId);
  };
