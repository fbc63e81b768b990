import { z } from 'zod';
import { draftWhySchema } from '#server/pipelines/draft-why.ts';
import { saveDraft as run } from '#server/pipelines/save-draft.ts';
import { graphDocument } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const saveDraftInput = z.object({
  pipelineId: z.uuid(),
  revision: z.int().min(1),
  graph: graphDocument,
  why: draftWhySchema.optional(),
});

export const saveDraft = projectProcedure.input(saveDraftInput).mutation(({ ctx, input }) => run(ctx.scope, input));
