import { z } from 'zod';
import { recentMemory as run } from '#server/knowledge/recent-memory.ts';
import { cursor } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const recentMemoryInput = z.object({
  limit: z.int().min(1).max(200).default(50),
  cursor: cursor.optional(),
  kept: z.boolean().optional(),
});

export const recentMemory = projectProcedure.input(recentMemoryInput).query(({ ctx, input }) => run(ctx.scope, input));
