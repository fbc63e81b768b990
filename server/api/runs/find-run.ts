import { z } from 'zod';
import { findRun as run } from '#server/runs/find-run.ts';
import { projectProcedure } from '../trpc.ts';

export const findRunInput = z.object({ pipelineId: z.uuid(), ref: z.int().min(1).max(2_000_000_000) });

export const findRun = projectProcedure.input(findRunInput).query(({ ctx, input }) => run(ctx.scope, input));
