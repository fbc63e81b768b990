import { z } from 'zod';
import { listRuns as run } from '#server/runs/list-runs.ts';
import { cursor, runStatus } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const listRunsInput = z.object({
  pipelineId: z.uuid().optional(),
  status: runStatus.optional(),
  cursor: cursor.optional(),
  limit: z.int().min(1).max(200).default(50),
});

export const listRuns = projectProcedure.input(listRunsInput).query(({ ctx, input }) => run(ctx.scope, input));
