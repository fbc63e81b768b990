import { z } from 'zod';
import { getConsole as run } from '#server/runs/get-console.ts';
import { runId } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const getConsoleInput = z.object({ runId, state: z.string().max(64).nullable().default(null) });

export const getConsole = projectProcedure
  .input(getConsoleInput)
  .query(({ ctx, input }) => run(ctx.scope, { runId: input.runId, state: input.state }));
