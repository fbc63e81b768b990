import { z } from 'zod';
import { getWhyNotMoving as run } from '#server/runs/why-not-moving.ts';
import { runId } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const whyRunInput = z.object({ runId });

export const whyRun = projectProcedure.input(whyRunInput).query(({ ctx, input }) => run(ctx.scope, input.runId));
