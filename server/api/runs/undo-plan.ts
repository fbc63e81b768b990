import { z } from 'zod';
import { undoPlan as run } from '#server/undo/undo-plan.ts';
import { runId, seq } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const undoPlanInput = z.object({ runId, toSeq: seq.default(0) });

export const undoPlan = projectProcedure.input(undoPlanInput).query(({ ctx, input }) => run(ctx.scope, input));
