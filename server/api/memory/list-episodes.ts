import { z } from 'zod';
import { episodeKinds, listEpisodes as run } from '#server/episodes/list-episodes.ts';
import { cursor, runId } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const listEpisodesInput = z.object({
  entityId: z.uuid().optional(),
  runId: runId.optional(),
  kinds: z.array(z.enum(episodeKinds)).max(episodeKinds.length).optional(),
  query: z.string().max(500).optional(),
  cursor: cursor.optional(),
  limit: z.int().min(1).max(200).default(50),
});

export const listEpisodes = projectProcedure.input(listEpisodesInput).query(({ ctx, input }) => run(ctx.scope, input));
