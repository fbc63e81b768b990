import { z } from 'zod';
import { pauseRun as run } from '#server/runs/pause-run.ts';
import { runId } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const pauseRunInput = z.object({ runId });

export const pauseRun = projectProcedure.input(pauseRunInput).mutation(({ ctx, input }) => run(ctx.scope, input.runId));
