import { z } from 'zod';
import { sampleInput as run } from '#server/templates/sample-input.ts';
import { projectProcedure } from '../trpc.ts';

export const sampleInputInput = z.object({ pipelineId: z.uuid() });

export const sampleInput = projectProcedure
  .input(sampleInputInput)
  .mutation(({ ctx, input }) => run(ctx.scope, input.pipelineId));
