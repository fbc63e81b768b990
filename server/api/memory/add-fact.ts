import { z } from 'zod';
import { addFact as run } from '#server/facts/add-fact.ts';
import { epochMs, factText } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const addFactInput = z.object({
  entityId: z.uuid().optional(),
  subject: factText.optional(),
  relation: factText,
  object: factText.nullable(),
  validFrom: epochMs.optional(),
  validTo: epochMs.nullable().optional(),
  source: z.string().max(1_000).optional(),
});

export const addFact = projectProcedure.input(addFactInput).mutation(({ ctx, input }) => run(ctx.scope, input));
