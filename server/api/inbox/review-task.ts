import { z } from 'zod';
import { reviewTask as run } from '#server/inbox/review-task.ts';
import { projectProcedure } from '../trpc.ts';

export const reviewTaskInput = z.object({ taskId: z.uuid(), choice: z.enum(['release', 'keep-held']) });

export const reviewTask = projectProcedure.input(reviewTaskInput).mutation(({ ctx, input }) => run(ctx.scope, input));
