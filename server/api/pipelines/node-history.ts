import { z } from 'zod';
import { nodeHistory as run } from '#server/pipelines/node-history.ts';
import { projectProcedure } from '../trpc.ts';

export const nodeHistoryInput = z.object({ pipelineId: z.uuid() });

export const nodeHistory = projectProcedure
  .input(nodeHistoryInput)
  .query(({ ctx, input }) => run(ctx.scope, input.pipelineId));
