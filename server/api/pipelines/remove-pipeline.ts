import { z } from 'zod';
import { removePipeline as run } from '#server/pipelines/remove-pipeline.ts';
import { projectProcedure } from '../trpc.ts';

export const removePipelineInput = z.object({ pipelineId: z.uuid() });

export const removePipeline = projectProcedure
  .input(removePipelineInput)
  .mutation(({ ctx, input }) => run(ctx.scope, input.pipelineId));
