import { changeBudgetSchema, changeBudget as run } from '#server/money/save-budget.ts';
import { projectProcedure } from '../trpc.ts';

export const changeBudget = projectProcedure
  .input(changeBudgetSchema)
  .mutation(({ ctx, input }) => run(ctx.scope, input));
