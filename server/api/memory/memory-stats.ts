import { projectProcedure } from '../trpc.ts';
import { memoryStats as run } from './use.ts';

export const memoryStats = projectProcedure.query(({ ctx }) => run(ctx.scope));
