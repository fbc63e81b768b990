import { z } from 'zod';
import { searchMemory as run } from '#server/knowledge/search-memory.ts';
import { projectProcedure } from '../trpc.ts';

const weight = z.number().min(0).max(5);
const moment = z.int().min(0).max(8_640_000_000_000_000);

export const searchMemoryInput = z.object({
  query: z.string().min(1).max(2_000),
  limit: z.int().min(1).max(100).default(20),
  entityId: z.uuid().optional(),
  kinds: z.array(z.string().min(1).max(64)).max(50).optional(),
  since: moment.optional(),
  until: moment.optional(),
  minImportance: z.number().min(0).max(1).optional(),
  ranking: z
    .object({ recencyWeight: weight, importanceWeight: weight, variety: z.number().min(0).max(1) })
    .partial()
    .optional(),
});

export const searchMemory = projectProcedure.input(searchMemoryInput).query(({ ctx, input }) => {
  const { projectId: _projectId, ...asked } = input;
  return run(ctx.scope, asked);
});
