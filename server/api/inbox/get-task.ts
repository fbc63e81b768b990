import { z } from 'zod';
import { getTask as run } from '#server/inbox/get-task.ts';
import { projectProcedure } from '../trpc.ts';

export const getTaskInput = z.object({ taskId: z.uuid() });

export const getTask = projectProcedure.input(getTaskInput).query(({ ctx, input }) => run(ctx.scope, input.taskId));
