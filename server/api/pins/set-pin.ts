import { z } from 'zod';
import { idSchema } from '#nodes/core/graph.ts';
import { setPin as run } from '#server/pins/set-pin.ts';
import { jsonValue } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const setPinInput = z.object({
  pipelineId: z.uuid(),
  nodeId: idSchema,
  outcome: z.string().min(1).max(64),
  output: jsonValue,
});

export const setPin = projectProcedure.input(setPinInput).mutation(({ ctx, input }) => run(ctx.scope, input));
