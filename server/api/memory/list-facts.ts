import { z } from 'zod';
import { listFacts as run } from '#server/facts/list-facts.ts';
import { epochMs } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const listFactsInput = z.object({
  entityId: z.uuid().optional(),
  query: z.string().max(500).optional(),
  history: z.boolean().default(false),
  at: epochMs.optional(),
  limit: z.int().min(1).max(500).default(100),
});

export const listFacts = projectProcedure.input(listFactsInput).query(({ ctx, input }) => run(ctx.scope, input));
