import { z } from 'zod';
import { forgetEntity as run } from '#server/forgetting/forget-entity.ts';
import { projectProcedure } from '../trpc.ts';

export const forgetEntityInput = z.object({ entityId: z.uuid() });

export const forgetEntity = projectProcedure
  .input(forgetEntityInput)
  .mutation(({ ctx, input }) => run(ctx.scope, input.entityId));
