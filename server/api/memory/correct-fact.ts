import { z } from 'zod';
import { correctFact as run } from '#server/facts/correct-fact.ts';
import { epochMs, factText } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const correctFactInput = z.object({
  id: z.uuid(),
  object: factText.nullable(),
  reason: z.string().trim().min(1, 'Say why it is corrected.').max(1_000),
  validFrom: epochMs.optional(),
  validTo: epochMs.nullable().optional(),
});

export const correctFact = projectProcedure.input(correctFactInput).mutation(({ ctx, input }) => run(ctx.scope, input));
