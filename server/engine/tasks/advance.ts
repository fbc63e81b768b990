import type { Task } from 'graphile-worker';
import { z } from 'zod';
import { advance, type Engine } from '../advance.ts';

const payload = z.object({ stepId: z.string().regex(/^\d+$/) });

/** Job `advance`: takes a step and goes on with its run. */
export const advanceTask =
  (engine: Engine): Task =>
  async (job) =>
    await advance(engine, payload.parse(job).stepId);
