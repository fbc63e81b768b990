import { z } from 'zod';
import { idSchema } from '#nodes/core/graph.ts';
import { forkRun as run } from '#server/travel/fork-run.ts';
import { jsonValue, runId, runVersion, seq, stepPath } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const forkRunInput = z.object({
  runId,
  seq,
  /** Outputs of finished steps that the new run sees in place of theirs. */
  edits: z
    .array(z.object({ state: idSchema, path: stepPath, output: jsonValue }))
    .max(500)
    .default([]),
  /** Another input of the run; absent: the same. */
  input: jsonValue.optional(),
  version: runVersion.default('same'),
  requestKey: z.string().min(8).max(200).nullable().default(null),
});

export const forkRun = projectProcedure.input(forkRunInput).mutation(({ ctx, input }) => run(ctx.scope, input));
