import { z } from 'zod';
import { setEnabled as run } from '#server/pipelines/set-enabled.ts';
import { projectProcedure } from '../trpc.ts';

export const setEnabledInput = z.object({ pipelineId: z.uuid(), enabled: z.boolean() });

export const setEnabled = projectProcedure.input(setEnabledInput).mutation(({ ctx, input }) => run(ctx.scope, input));
