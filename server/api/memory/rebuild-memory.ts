import { projectProcedure } from '../trpc.ts';
import { rebuildMemory as run } from './use.ts';

export const rebuildMemory = projectProcedure.mutation(({ ctx }) => run(ctx.scope));
