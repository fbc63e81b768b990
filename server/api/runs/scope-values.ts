import { z } from 'zod';
import { idSchema } from '#nodes/core/graph.ts';
import { scopeValues as run } from '#server/runs/scope-values.ts';
import { runId } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const scopeValuesInput = z.object({
  pipelineId: z.uuid(),
  runId: runId.nullable(),
  reads: z.array(idSchema).max(200),
  around: z.array(idSchema).max(16),
  items: z.array(z.int().min(0).max(1_000_000)).max(16),
});

export const scopeValues = projectProcedure.input(scopeValuesInput).query(({ ctx, input }) => run(ctx.scope, input));
