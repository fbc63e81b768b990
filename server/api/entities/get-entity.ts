import { z } from 'zod';
import { getEntity as run } from '#server/entities/get-entity.ts';
import { projectProcedure } from '../trpc.ts';

export const getEntityInput = z.object({ id: z.uuid() });

export const getEntity = projectProcedure.input(getEntityInput).query(({ ctx, input }) => run(ctx.scope, input.id));
