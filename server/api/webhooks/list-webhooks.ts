import { z } from 'zod';
import { listWebhooks as run } from '#server/webhooks/list-webhooks.ts';
import { projectProcedure } from '../trpc.ts';

export const listWebhooksInput = z.object({ pipelineId: z.uuid() });

export const listWebhooks = projectProcedure
  .input(listWebhooksInput)
  .query(({ ctx, input }) => run(ctx.scope, input.pipelineId));
