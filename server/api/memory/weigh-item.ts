import { z } from 'zod';
import { weighItem as run } from '#server/forgetting/weigh-item.ts';
import { projectProcedure } from '../trpc.ts';

export const weighItemInput = z.object({
  id: z.uuid(),
  keep: z.boolean().optional(),
  importance: z.number().min(0).max(1).optional(),
  expiresAt: z.int().nullable().optional(),
});

export const weighItem = projectProcedure.input(weighItemInput).mutation(({ ctx, input }) => run(ctx.scope, input));
