import { z } from 'zod';
import { listEntities as run } from '#server/entities/list-entities.ts';
import { cursor } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const listEntitiesInput = z.object({
  type: z.string().max(64).optional(),
  query: z.string().max(200).optional(),
  cursor: cursor.optional(),
  limit: z.int().min(1).max(200).default(50),
});

export const listEntities = projectProcedure.input(listEntitiesInput).query(({ ctx, input }) => run(ctx.scope, input));
