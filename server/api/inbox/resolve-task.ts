import { z } from 'zod';
import { resolveTask as run } from '#server/inbox/resolve-task.ts';
import { jsonValue, token } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const resolveTaskInput = z.object({
  taskId: z.uuid(),
  token,
  choice: z.enum(['retry', 'edit', 'skip', 'stop', 'undo']),
  /** For `edit`: the inputs to try again with; those left out stay as they were. */
  input: z.record(z.string(), jsonValue).optional(),
  /** For `skip`: what the node is taken to have given. */
  value: jsonValue.optional(),
});

export const resolveTask = projectProcedure.input(resolveTaskInput).mutation(({ ctx, input }) => run(ctx.scope, input));
