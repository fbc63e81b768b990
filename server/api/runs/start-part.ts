import { z } from 'zod';
import { idSchema } from '#nodes/core/graph.ts';
import { planOne as plan } from '#server/runs/part/plan-one.ts';
import { startOne as one, startUntil as until } from '#server/runs/part/start-part.ts';
import { jsonValue, runId, stepPath } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

const requestKey = z.string().min(8).max(200).nullable();
const oneNode = z.object({
  pipelineId: z.uuid(),
  nodeId: idSchema,
  /** The run that is looked at, and the step of the node there; null: the newest that will do. */
  runId: runId.nullable(),
  path: stepPath.nullable(),
  /** What the operator says that nodes before it give. */
  values: z
    .array(z.object({ nodeId: idSchema, outcome: z.string().min(1).max(64), output: jsonValue }))
    .max(500)
    .default([]),
});

export const startUntilInput = z.object({
  pipelineId: z.uuid(),
  nodeId: idSchema,
  trigger: idSchema,
  input: jsonValue,
  requestKey,
});
export const startOneInput = oneNode.extend({ requestKey });

export const startUntil = projectProcedure.input(startUntilInput).mutation(({ ctx, input }) => until(ctx.scope, input));
export const startOne = projectProcedure.input(startOneInput).mutation(({ ctx, input }) => one(ctx.scope, input));
export const planOne = projectProcedure.input(oneNode).query(({ ctx, input }) => plan(ctx.scope, input));
