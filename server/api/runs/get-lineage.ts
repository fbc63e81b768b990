import { z } from 'zod';
import { idSchema } from '#nodes/core/graph.ts';
import { getLineage as run } from '#server/lineage/get-lineage.ts';
import { runId, stepPath } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const getLineageInput = z.object({
  runId,
  state: idSchema,
  path: stepPath,
  of: z.enum(['input', 'output']).default('output'),
  /** A JSON pointer to the part that is meant. */
  pointer: z
    .string()
    .max(500)
    .regex(/^(\/[^/]*)*$/, 'A JSON pointer is empty or begins with /.')
    .default(''),
  depth: z.int().min(1).max(100).optional(),
});

export const getLineage = projectProcedure
  .input(getLineageInput)
  .query(({ ctx, input: { depth, ...asked } }) => run(ctx.scope, { ...asked, ...(depth ? { depth } : {}) }));
