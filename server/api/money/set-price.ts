import { setPrice as run, setPriceSchema } from '#server/money/set-price.ts';
import { projectProcedure } from '../trpc.ts';

export const setPrice = projectProcedure.input(setPriceSchema).mutation(({ ctx, input }) => run(ctx.scope, input));
