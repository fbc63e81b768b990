import { z } from 'zod';
import { forgetNow as run } from '#server/forgetting/forget-now.ts';
import { projectProcedure } from '../trpc.ts';

export const forgetItemsInput = z.object({ ids: z.array(z.uuid()).min(1).max(500) });

export const forgetItems = projectProcedure
  .input(forgetItemsInput)
  .mutation(({ ctx, input }) => run(ctx.scope, input.ids));
