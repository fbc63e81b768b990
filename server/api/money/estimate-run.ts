import { z } from 'zod';
import { estimateRun as run } from '#server/money/estimate-run.ts';
import { jsonValue } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const estimateRunInput = z.object({
  pipelineId: z.uuid(),
  source: z.enum(['draft', 'published']),
  started: z
    .object({ trigger: z.string().min(1).max(200), input: jsonValue })
    .nullable()
    .default(null),
});

export const estimateRun = projectProcedure.input(estimateRunInput).query(({ ctx, input }) => run(ctx.scope, input));
