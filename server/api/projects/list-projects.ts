import { listProjects as run } from '#server/projects/list-projects.ts';
import { operatorProcedure } from '../trpc.ts';

export const listProjects = operatorProcedure.query(({ ctx }) => run(ctx.operator.id));
