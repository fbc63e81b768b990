import { z } from 'zod';
import { removeWebhook as run } from '#server/webhooks/remove-webhook.ts';
import { projectProcedure } from '../trpc.ts';

export const removeWebhookInput = z.object({ id: z.uuid() });

export const removeWebhook = projectProcedure
  .input(removeWebhookInput)
  .mutation(({ ctx, input }) => run(ctx.scope, input.id));
