import { z } from 'zod';
import { idSchema } from '#nodes/core/graph.ts';
import { valueAt as run } from '#server/travel/value-at.ts';
import { runId, seq, stepPath } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const valueAtInput = z.object({ runId, seq, state: idSchema, path: stepPath });

export const valueAt = projectProcedure.input(valueAtInput).query(({ ctx, input }) => run(ctx.scope, input));
