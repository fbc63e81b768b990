import type { Task } from 'graphile-worker';
import { z } from 'zod';
import { advance, type Engine } from '../advance.ts';

const id = z.string().regex(/^\d+$/);
/** Jobs of earlier software name one step. */
const payload = z.union([
  z.object({ stepIds: z.array(id) }).transform(({ stepIds }) => stepIds),
  z.object({ stepId: id }).transform(({ stepId }) => [stepId]),
]);

/** Job `advance`: takes steps and goes on with their runs. */
export const advanceTask =
  (engine: Engine): Task =>
  async (job) =>
    await advance(engine, payload.parse(job));
