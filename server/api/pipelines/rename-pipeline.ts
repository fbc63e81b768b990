import { z } from 'zod';
import { renamePipeline as run } from '#server/pipelines/rename-pipeline.ts';
import { pipelineName } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const renamePipelineInput = z.object({ pipelineId: z.uuid(), name: pipelineName });

export const renamePipeline = projectProcedure
  .input(renamePipelineInput)
  .mutation(({ ctx, input }) => run(ctx.scope, input));
