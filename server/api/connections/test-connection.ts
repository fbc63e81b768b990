import { z } from 'zod';
import { testConnection as run } from '#server/connections/test-connection.ts';
import { connectionFields } from '#server/connections/types.ts';
import { projectProcedure } from '../trpc.ts';

/** A mutation, since it reaches outside: nothing tries it again by itself. */
export const testConnection = projectProcedure
  .input(z.object({ id: z.uuid().nullable(), fields: connectionFields.optional() }))
  .mutation(({ ctx, input }) => run(ctx.scope, input));
