import { z } from 'zod';
import { rewindRun as run } from '#server/travel/rewind-run.ts';
import { runId, seq } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const rewindRunInput = z.object({ runId, seq });

export const rewindRun = projectProcedure.input(rewindRunInput).mutation(({ ctx, input }) => run(ctx.scope, input));
