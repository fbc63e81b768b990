import { z } from 'zod';
import { getVersion as run } from '#server/pipelines/get-version.ts';
import { projectProcedure } from '../trpc.ts';

export const getVersionInput = z.object({ pipelineId: z.uuid(), number: z.int().min(1) });

export const getVersion = projectProcedure.input(getVersionInput).query(({ ctx, input }) => run(ctx.scope, input));
