import { z } from 'zod';
import { decideBatch as run } from '#server/inbox/decide-batch.ts';
import { token } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const decideBatchInput = z.object({ taskId: z.uuid(), token, choice: z.enum(['look', 'stop']) });

export const decideBatch = projectProcedure.input(decideBatchInput).mutation(({ ctx, input }) => run(ctx.scope, input));
