import { z } from 'zod';
import { idSchema } from '#nodes/core/graph.ts';
import { listSteps as run } from '#server/runs/list-steps.ts';
import { cursor, runId } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const listStepsInput = z.object({
  runId,
  state: idSchema,
  cursor: cursor.optional(),
  limit: z.int().min(1).max(500).default(100),
});

export const listSteps = projectProcedure.input(listStepsInput).query(({ ctx, input }) => run(ctx.scope, input));
