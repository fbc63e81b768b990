import { resolveTaskClasses as run } from '#server/task-classes/resolve-task-classes.ts';
import { projectProcedure } from '../trpc.ts';

export const resolveTaskClasses = projectProcedure.query(({ ctx }) => run(ctx.scope));
