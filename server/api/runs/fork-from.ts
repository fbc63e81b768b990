import { z } from 'zod';
import { idSchema } from '#nodes/core/graph.ts';
import { planFrom as plan, forkFrom as run } from '#server/travel/fork-from.ts';
import { runId, stepPath } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

const from = z.object({ runId, nodeId: idSchema, path: stepPath.default('') });
export const forkFromInput = from.extend({ requestKey: z.string().min(8).max(200).nullable().default(null) });

export const forkFrom = projectProcedure.input(forkFromInput).mutation(({ ctx, input }) => run(ctx.scope, input));
export const planFrom = projectProcedure.input(from).query(({ ctx, input }) => plan(ctx.scope, input));
