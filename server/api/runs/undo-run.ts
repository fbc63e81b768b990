import { z } from 'zod';
import { undoRun as run } from '#server/undo/undo-run.ts';
import { runId } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const undoRunInput = z.object({ runId });

export const undoRun = projectProcedure.input(undoRunInput).mutation(({ ctx, input }) => run(ctx.scope, input.runId));
