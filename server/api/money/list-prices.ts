import { listPrices as run } from '#server/money/list-prices.ts';
import { projectProcedure } from '../trpc.ts';

export const listPrices = projectProcedure.query(({ ctx }) => run(ctx.scope));
