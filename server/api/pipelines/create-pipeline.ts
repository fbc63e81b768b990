import { z } from 'zod';
import { createPipeline as run } from '#server/pipelines/create-pipeline.ts';
import { draftWhySchema } from '#server/pipelines/draft-why.ts';
import { graphDocument, pipelineName } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const createPipelineInput = z.object({
  name: pipelineName,
  graph: graphDocument.optional(),
  why: draftWhySchema.optional(),
});

export const createPipeline = projectProcedure
  .input(createPipelineInput)
  .mutation(({ ctx, input }) => run(ctx.scope, input));
