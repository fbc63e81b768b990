import { spendBy as run, spendBySchema } from '#server/money/spend-by.ts';
import { projectProcedure } from '../trpc.ts';

export const spendBy = projectProcedure.input(spendBySchema).query(({ ctx, input }) => run(ctx.scope, input));
