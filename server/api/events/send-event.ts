import { z } from 'zod';
import { sendEvent as run } from '#server/events/send-event.ts';
import { jsonValue } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const sendEventInput = z.object({
  name: z.string().trim().min(1).max(200),
  key: z.string().trim().min(1).max(500),
  data: jsonValue.default(null),
  /** The sender's own id of it: the same again is the same event. */
  dedupeKey: z.string().min(1).max(200).nullable().default(null),
});

export const sendEvent = projectProcedure.input(sendEventInput).mutation(({ ctx, input }) => run(ctx.scope, input));
