import { listBudgets as run } from '#server/money/list-budgets.ts';
import { projectProcedure } from '../trpc.ts';

export const listBudgets = projectProcedure.query(({ ctx }) => run(ctx.scope));
