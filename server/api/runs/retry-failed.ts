import { z } from 'zod';
import { retryFailed as run } from '#server/travel/retry-failed.ts';
import { runId, runVersion } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const retryFailedInput = z.object({ runId, version: runVersion.default('same') });

export const retryFailed = projectProcedure.input(retryFailedInput).mutation(({ ctx, input }) => run(ctx.scope, input));
