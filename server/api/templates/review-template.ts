import { z } from 'zod';
import { reviewTemplate as run } from '#server/templates/review-template.ts';
import { projectProcedure } from '../trpc.ts';

export const reviewTemplateInput = z.object({ document: z.unknown() });

export const reviewTemplate = projectProcedure
  .input(reviewTemplateInput)
  .query(({ ctx, input }) => run(ctx.scope, input.document));
