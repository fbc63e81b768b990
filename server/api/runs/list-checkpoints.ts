import { z } from 'zod';
import { listCheckpoints as run } from '#server/travel/list-checkpoints.ts';
import { cursor, runId } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const listCheckpointsInput = z.object({
  runId,
  cursor: cursor.optional(),
  limit: z.int().min(1).max(500).default(200),
});

export const listCheckpoints = projectProcedure
  .input(listCheckpointsInput)
  .query(({ ctx, input }) => run(ctx.scope, input));
