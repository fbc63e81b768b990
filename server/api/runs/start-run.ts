import { z } from 'zod';
import { idSchema } from '#nodes/core/graph.ts';
import { startRun as run } from '#server/runs/start-run.ts';
import { jsonValue } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const startRunInput = z.object({
  pipelineId: z.uuid(),
  source: z.enum(['draft', 'published']),
  trigger: idSchema,
  input: jsonValue,
  requestKey: z.string().min(8).max(200).nullable(),
});

export const startRun = projectProcedure.input(startRunInput).mutation(({ ctx, input }) => run(ctx.scope, input));
