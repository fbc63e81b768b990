import { z } from 'zod';
import { measureRecall as run } from '#server/knowledge/measure-recall.ts';
import { projectProcedure } from '../trpc.ts';

export const measureRecallInput = z.object({ k: z.int().min(1).max(100).default(10) });

export const measureRecall = projectProcedure
  .input(measureRecallInput)
  .query(({ ctx, input }) => run(ctx.scope, input));
