import { z } from 'zod';
import { checkCompatibility as run } from '#server/travel/check-compatibility.ts';
import { runId, seq } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const checkCompatibilityInput = z.object({ runId, seq: seq.optional() });

export const checkCompatibility = projectProcedure
  .input(checkCompatibilityInput)
  .query(({ ctx, input }) => run(ctx.scope, input));
