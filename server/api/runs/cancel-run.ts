import { z } from 'zod';
import { cancelRun as run } from '#server/runs/cancel-run.ts';
import { runId } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const cancelRunInput = z.object({ runId });

export const cancelRun = projectProcedure
  .input(cancelRunInput)
  .mutation(({ ctx, input }) => run(ctx.scope, input.runId));
