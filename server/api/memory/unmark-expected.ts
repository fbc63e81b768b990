import { z } from 'zod';
import { unmarkExpected as run } from '#server/knowledge/unmark-expected.ts';
import { projectProcedure } from '../trpc.ts';
import { askedQuestion } from './mark-expected.ts';

export const unmarkExpectedInput = z.object({ query: askedQuestion, itemId: z.uuid() });

export const unmarkExpected = projectProcedure
  .input(unmarkExpectedInput)
  .mutation(({ ctx, input }) => run(ctx.scope, input));
