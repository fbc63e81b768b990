import { z } from 'zod';
import { forgettingPreview as run } from '#server/forgetting/forgetting-preview.ts';
import { projectProcedure } from '../trpc.ts';

export const forgettingPreviewInput = z.object({ limit: z.int().min(1).max(200).default(50) });

export const forgettingPreview = projectProcedure
  .input(forgettingPreviewInput)
  .query(({ ctx, input }) => run(ctx.scope, input.limit));
