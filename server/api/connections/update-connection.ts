import { z } from 'zod';
import { connectionFields } from '#server/connections/types.ts';
import { updateConnection as run } from '#server/connections/update-connection.ts';
import { projectProcedure } from '../trpc.ts';

export const updateConnection = projectProcedure
  .input(z.object({ id: z.uuid(), fields: connectionFields }))
  .mutation(({ ctx, input }) => run(ctx.scope, input.id, input.fields));
