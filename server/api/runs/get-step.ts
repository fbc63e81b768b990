import { z } from 'zod';
import { idSchema } from '#nodes/core/graph.ts';
import { getStep as run } from '#server/runs/get-step.ts';
import { runId, stepPath } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const getStepInput = z.object({ runId, state: idSchema, path: stepPath });

export const getStep = projectProcedure.input(getStepInput).query(({ ctx, input }) => run(ctx.scope, input));
