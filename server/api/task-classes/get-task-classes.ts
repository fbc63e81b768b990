import { getTaskClasses as run } from '#server/task-classes/get-task-classes.ts';
import { projectProcedure } from '../trpc.ts';

export const getTaskClasses = projectProcedure.query(({ ctx }) => run(ctx.scope));
