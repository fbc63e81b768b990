import { listConnections as run } from '#server/connections/list-connections.ts';
import { projectProcedure } from '../trpc.ts';

export const listConnections = projectProcedure.query(({ ctx }) => run(ctx.scope));
