import { z } from 'zod';
import { addSource as run } from '#server/documents/add-source.ts';
import { projectProcedure } from '../trpc.ts';

export const addSourceInput = z.object({
  url: z.string().max(2_000),
  refreshHours: z.number().min(0.25).max(8_760).default(24),
  entityId: z.uuid().optional(),
});

export const addSource = projectProcedure.input(addSourceInput).mutation(({ ctx, input }) => run(ctx.scope, input));
