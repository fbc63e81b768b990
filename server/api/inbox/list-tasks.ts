import { z } from 'zod';
import { listTasks as run } from '#server/inbox/list-tasks.ts';
import { projectProcedure } from '../trpc.ts';

export const listTasksInput = z.object({
  status: z.enum(['open', 'decided']),
  limit: z.int().min(1).max(200).default(100),
});

export const listTasks = projectProcedure.input(listTasksInput).query(({ ctx, input }) => run(ctx.scope, input));
