import { z } from 'zod';
import { markExpected as run } from '#server/knowledge/mark-expected.ts';
import { projectProcedure } from '../trpc.ts';

export const askedQuestion = z.string().trim().min(1).max(2_000);

export const markExpectedInput = z.object({
  query: askedQuestion,
  itemIds: z.array(z.uuid()).min(1).max(100),
  relevant: z.boolean().default(true),
});

export const markExpected = projectProcedure
  .input(markExpectedInput)
  .mutation(({ ctx, input }) => run(ctx.scope, input));
