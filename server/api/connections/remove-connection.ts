import { z } from 'zod';
import { removeConnection as run } from '#server/connections/remove-connection.ts';
import { projectProcedure } from '../trpc.ts';

export const removeConnection = projectProcedure
  .input(z.object({ id: z.uuid() }))
  .mutation(({ ctx, input }) => run(ctx.scope, input.id));
