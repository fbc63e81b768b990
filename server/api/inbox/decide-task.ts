import { z } from 'zod';
import { decideTask as run } from '#server/inbox/decide-task.ts';
import { jsonValue, token } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const decideTaskInput = z.object({
  taskId: z.uuid(),
  token,
  decision: z.enum(['approve', 'reject']),
  value: jsonValue.optional(),
  reason: z.string().max(4_000).optional(),
});

export const decideTask = projectProcedure.input(decideTaskInput).mutation(({ ctx, input }) => run(ctx.scope, input));
