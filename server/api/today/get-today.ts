import { getToday as run } from '#server/today/get-today.ts';
import { projectProcedure } from '../trpc.ts';

export const getToday = projectProcedure.query(({ ctx }) => run(ctx.scope));
