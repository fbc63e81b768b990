import { z } from 'zod';
import { listPins as run } from '#server/pins/list-pins.ts';
import { projectProcedure } from '../trpc.ts';

export const listPinsInput = z.object({ pipelineId: z.uuid() });

export const listPins = projectProcedure
  .input(listPinsInput)
  .query(({ ctx, input }) => run(ctx.scope, input.pipelineId));
