import { z } from 'zod';
import { draftHistory as run } from '#server/pipelines/draft-history.ts';
import { cursor } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const draftHistoryInput = z.object({
  pipelineId: z.uuid(),
  cursor: cursor.optional(),
  limit: z.int().min(1).max(100).default(50),
});

export const draftHistory = projectProcedure.input(draftHistoryInput).query(({ ctx, input }) => run(ctx.scope, input));
