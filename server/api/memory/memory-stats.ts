import { memoryStats as run } from '#server/knowledge/memory-stats.ts';
import { projectProcedure } from '../trpc.ts';

export const memoryStats = projectProcedure.query(({ ctx }) => run(ctx.scope));
