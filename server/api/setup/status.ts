import { setupStatus as run } from '#server/access/setup-status.ts';
import { publicProcedure } from '../trpc.ts';

export const setupStatus = publicProcedure.query(() => run());
