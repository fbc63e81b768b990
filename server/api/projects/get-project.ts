import { getProject as run } from '#server/projects/get-project.ts';
import { projectProcedure } from '../trpc.ts';

export const getProject = projectProcedure.query(({ ctx }) => run(ctx.scope));
