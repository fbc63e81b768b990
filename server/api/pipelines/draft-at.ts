import { z } from 'zod';
import { draftAt as run } from '#server/pipelines/draft-at.ts';
import { projectProcedure } from '../trpc.ts';

export const draftAtInput = z.object({ pipelineId: z.uuid(), saveId: z.uuid() });

export const draftAt = projectProcedure.input(draftAtInput).query(({ ctx, input }) => run(ctx.scope, input));
