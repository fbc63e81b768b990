import { z } from 'zod';
import { stateAt as run } from '#server/travel/state-at.ts';
import { runId, seq } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const stateAtInput = z.object({ runId, seq });

export const stateAt = projectProcedure.input(stateAtInput).query(({ ctx, input }) => run(ctx.scope, input));
