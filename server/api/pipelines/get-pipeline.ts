import { z } from 'zod';
import { getPipeline as run } from '#server/pipelines/get-pipeline.ts';
import { projectProcedure } from '../trpc.ts';

export const getPipelineInput = z.object({ pipelineId: z.uuid() });

export const getPipeline = projectProcedure
  .input(getPipelineInput)
  .query(({ ctx, input }) => run(ctx.scope, input.pipelineId));
