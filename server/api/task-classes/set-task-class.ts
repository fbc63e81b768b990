import { z } from 'zod';
import { taskClasses } from '#nodes/core/capabilities.ts';
import { taskClassSettings } from '#server/models/task-class.ts';
import { setTaskClass as run } from '#server/task-classes/set-task-class.ts';
import { projectProcedure } from '../trpc.ts';

export const setTaskClass = projectProcedure
  .input(z.object({ name: z.enum(taskClasses), settings: taskClassSettings }))
  .mutation(({ ctx, input }) => run(ctx.scope, input));
