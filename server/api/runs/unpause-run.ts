import { z } from 'zod';
import { unpauseRun as run } from '#server/runs/unpause-run.ts';
import { runId } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const unpauseRunInput = z.object({ runId });

export const unpauseRun = projectProcedure
  .input(unpauseRunInput)
  .mutation(({ ctx, input }) => run(ctx.scope, input.runId));
