import { z } from 'zod';
import { decideBudget as run } from '#server/inbox/decide-budget.ts';
import { token } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const decideBudgetInput = z.object({
  taskId: z.uuid(),
  token,
  choice: z.enum(['raise', 'wait', 'stop']),
  toMicros: z.int().min(0).max(1_000_000_000_000).optional(),
});

export const decideBudget = projectProcedure
  .input(decideBudgetInput)
  .mutation(({ ctx, input }) => run(ctx.scope, input));
