import type { Task } from 'graphile-worker';
import { z } from 'zod';
import type { Engine } from '../advance.ts';

const payload = z.object({ budgetId: z.uuid(), period: z.string() });

/** Job `budget`: steps that wait for room in a budget's period go on, as far as there is room. */
export const budgetTask =
  (engine: Engine): Task =>
  async (job) => {
    const { budgetId, period } = payload.parse(job);
    const { rows } = await engine.pool.query<{ runs: string[] }>('select sg_wake_budget($1, $2)::text[] as runs', [
      budgetId,
      period,
    ]);
    for (const runId of rows[0]?.runs ?? []) engine.hints.add(runId);
  };
