import { z } from 'zod';
import { exportPipeline as run } from '#server/templates/export-pipeline.ts';
import { projectProcedure } from '../trpc.ts';

export const exportPipelineInput = z.object({ pipelineId: z.uuid() });

export const exportPipeline = projectProcedure
  .input(exportPipelineInput)
  .query(({ ctx, input }) => run(ctx.scope, input.pipelineId));
