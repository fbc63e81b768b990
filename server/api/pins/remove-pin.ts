import { z } from 'zod';
import { idSchema } from '#nodes/core/graph.ts';
import { removePin as run } from '#server/pins/remove-pin.ts';
import { projectProcedure } from '../trpc.ts';

export const removePinInput = z.object({ pipelineId: z.uuid(), nodeId: idSchema });

export const removePin = projectProcedure.input(removePinInput).mutation(({ ctx, input }) => run(ctx.scope, input));
