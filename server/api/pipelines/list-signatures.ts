import { callablePipelines } from '#server/pipelines/signatures.ts';
import { projectProcedure } from '../trpc.ts';

export const listSignatures = projectProcedure.query(({ ctx }) => callablePipelines(ctx.scope));
