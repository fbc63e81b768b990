import { z } from 'zod';
import { listVersions as run } from '#server/pipelines/list-versions.ts';
import { projectProcedure } from '../trpc.ts';

export const listVersionsInput = z.object({ pipelineId: z.uuid() });

export const listVersions = projectProcedure
  .input(listVersionsInput)
  .query(({ ctx, input }) => run(ctx.scope, input.pipelineId));
