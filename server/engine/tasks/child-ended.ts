import type { Task } from 'graphile-worker';
import { z } from 'zod';
import type { Engine } from '../advance.ts';

const payload = z.object({ runId: z.string().regex(/^\d+$/) });

/** Job `child-ended`: a run of a subflow has ended, so the step that called it goes on. */
export const childEndedTask =
  (engine: Engine): Task =>
  async (job) => {
    const { rows } = await engine.pool.query<{ run: string | null }>('select sg_child_ended($1)::text as run', [
      payload.parse(job).runId,
    ]);
    if (rows[0]?.run) engine.hints.add(rows[0].run);
  };
