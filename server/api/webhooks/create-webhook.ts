import { z } from 'zod';
import { idSchema } from '#nodes/core/graph.ts';
import { createWebhook as run } from '#server/webhooks/create-webhook.ts';
import { projectProcedure } from '../trpc.ts';

export const createWebhookInput = z.object({ pipelineId: z.uuid(), nodeId: idSchema });

export const createWebhook = projectProcedure
  .input(createWebhookInput)
  .mutation(({ ctx, input }) => run(ctx.scope, input));
