import { z } from 'zod';
import { publishPipeline as run } from '#server/pipelines/publish-pipeline.ts';
import { projectProcedure } from '../trpc.ts';

export const publishPipelineInput = z.object({
  pipelineId: z.uuid(),
  note: z.string().max(2_000).default(''),
  revision: z.int().min(1),
});

export const publishPipeline = projectProcedure
  .input(publishPipelineInput)
  .mutation(({ ctx, input }) => run(ctx.scope, input));
