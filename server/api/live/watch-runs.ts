import { tracked } from '@trpc/server';
import { z } from 'zod';
import { watchRuns as watch } from '#server/live/watch-runs.ts';
import { runId } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const watchRunsInput = z
  .object({ pipelineId: z.uuid().optional(), runId: runId.optional(), lastEventId: z.string().max(2_000).nullish() })
  .refine((input) => (input.pipelineId === undefined) !== (input.runId === undefined), {
    message: 'Name a pipeline or a run to watch, one of them.',
  });

export const watchRuns = projectProcedure.input(watchRunsInput).subscription(async function* ({ ctx, input, signal }) {
  for await (const { id, message } of watch(ctx.scope, { ...input, signal: signal ?? new AbortController().signal }))
    yield tracked(id, message);
});
