import { z } from 'zod';
import { reviewTemplate as run } from '#server/templates/review-template.ts';
import { projectProcedure } from '../trpc.ts';

export const reviewTemplateInput = z.object({ document: z.unknown() });

/** Changes nothing; a mutation only because a document does not fit into a URL. */
export const reviewTemplate = projectProcedure
  .input(reviewTemplateInput)
  .mutation(({ ctx, input }) => run(ctx.scope, input.document));
