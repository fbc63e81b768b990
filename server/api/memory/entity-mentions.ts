import { z } from 'zod';
import { entityMentions as run } from '#server/forgetting/entity-mentions.ts';
import { projectProcedure } from '../trpc.ts';

export const entityMentionsInput = z.object({ entityId: z.uuid() });

export const entityMentions = projectProcedure
  .input(entityMentionsInput)
  .query(({ ctx, input }) => run(ctx.scope, input.entityId));
