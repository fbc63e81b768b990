import { createBudgetSchema, createBudget as run } from '#server/money/save-budget.ts';
import { projectProcedure } from '../trpc.ts';

export const createBudget = projectProcedure
  .input(createBudgetSchema)
  .mutation(({ ctx, input }) => run(ctx.scope, input));
