import type { Task } from 'graphile-worker';
import { z } from 'zod';
import type { Engine } from '../advance.ts';
import { startCalled } from '../start-called.ts';

const payload = z.object({ stepId: z.string().regex(/^\d+$/) });

/** Job `call`: starts the run that a step calls. */
export const callTask =
  (engine: Engine): Task =>
  async (job) =>
    await startCalled(engine, payload.parse(job).stepId);
