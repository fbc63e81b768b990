import { z } from 'zod';
import { recallSet as run } from '#server/knowledge/recall-set.ts';
import { projectProcedure } from '../trpc.ts';

export const recallSetInput = z.object({ limit: z.int().min(1).max(1_000).default(200) });

export const recallSet = projectProcedure.input(recallSetInput).query(({ ctx, input }) => run(ctx.scope, input));
