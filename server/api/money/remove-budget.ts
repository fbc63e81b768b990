import { z } from 'zod';
import { removeBudget as run } from '#server/money/save-budget.ts';
import { projectProcedure } from '../trpc.ts';

export const removeBudget = projectProcedure
  .input(z.object({ budgetId: z.uuid() }))
  .mutation(({ ctx, input }) => run(ctx.scope, input.budgetId));
