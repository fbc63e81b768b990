import { listPipelines as run } from '#server/pipelines/list-pipelines.ts';
import { projectProcedure } from '../trpc.ts';

export const listPipelines = projectProcedure.query(({ ctx }) => run(ctx.scope));
