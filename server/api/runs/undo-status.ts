import { z } from 'zod';
import { undoStatus as run } from '#server/undo/undo-status.ts';
import { runId } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const undoStatusInput = z.object({ runId });

export const undoStatus = projectProcedure
  .input(undoStatusInput)
  .query(({ ctx, input }) => run(ctx.scope, input.runId));
