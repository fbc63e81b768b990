import { z } from 'zod';
import { getRun as run } from '#server/runs/get-run.ts';
import { runId } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const getRunInput = z.object({ runId });

export const getRun = projectProcedure.input(getRunInput).query(({ ctx, input }) => run(ctx.scope, input.runId));
