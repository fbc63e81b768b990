import { z } from 'zod';
import { forgottenLog as run } from '#server/forgetting/forgotten-log.ts';
import { projectProcedure } from '../trpc.ts';

export const forgottenLogInput = z.object({ limit: z.int().min(1).max(200).default(20) });

export const forgottenLog = projectProcedure
  .input(forgottenLogInput)
  .query(({ ctx, input }) => run(ctx.scope, input.limit));
