import { createConnection as run } from '#server/connections/create-connection.ts';
import { connectionFields } from '#server/connections/types.ts';
import { projectProcedure } from '../trpc.ts';

export const createConnection = projectProcedure
  .input(connectionFields)
  .mutation(({ ctx, input }) => run(ctx.scope, input));
