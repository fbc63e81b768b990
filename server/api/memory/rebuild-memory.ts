import { rebuildMemory as run } from '#server/knowledge/rebuild-memory.ts';
import { projectProcedure } from '../trpc.ts';

export const rebuildMemory = projectProcedure.mutation(({ ctx }) => run(ctx.scope));
