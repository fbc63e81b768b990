import { z } from 'zod';
import { getItem as run } from '#server/knowledge/get-item.ts';
import { projectProcedure } from '../trpc.ts';

export const getItemInput = z.object({ id: z.uuid() });

export const getItem = projectProcedure.input(getItemInput).query(({ ctx, input }) => run(ctx.scope, input.id));
