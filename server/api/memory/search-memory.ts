import { z } from 'zod';
import { searchMemory as run } from '#server/knowledge/search-memory.ts';
import { projectProcedure } from '../trpc.ts';

export const searchMemoryInput = z.object({
  query: z.string().min(1).max(2_000),
  limit: z.int().min(1).max(100).default(20),
});

export const searchMemory = projectProcedure.input(searchMemoryInput).query(({ ctx, input }) => run(ctx.scope, input));
