import { z } from 'zod';
import { exportPipeline as run } from '#server/templates/export-pipeline.ts';
import { projectProcedure } from '../trpc.ts';

export const exportPipelineInput = z.object({
  pipelineId: z.uuid(),
  /** At most one of the two; without them the draft is exported. */
  version: z.int().min(1).optional(),
  saveId: z.uuid().optional(),
});

export const exportPipeline = projectProcedure
  .input(exportPipelineInput)
  .query(({ ctx, input }) => run(ctx.scope, input));
