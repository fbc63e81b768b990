import { z } from 'zod';
import { idSchema } from '#nodes/core/graph.ts';
import { listSources as run } from '#server/lineage/list-sources.ts';
import { runId, stepPath } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const listSourcesInput = z.object({ runId, state: idSchema, path: stepPath });

export const listSources = projectProcedure.input(listSourcesInput).query(({ ctx, input }) => run(ctx.scope, input));
