import { z } from 'zod';
import { answerTask as run } from '#server/inbox/answer-task.ts';
import { token } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const answerTaskInput = z.object({ taskId: z.uuid(), token, answer: z.enum(['happened', 'repeat', 'stop']) });

export const answerTask = projectProcedure.input(answerTaskInput).mutation(({ ctx, input }) => run(ctx.scope, input));
