import { z } from 'zod';
import { createProject as run } from '#server/projects/create-project.ts';
import { projectName } from '../fields.ts';
import { operatorProcedure } from '../trpc.ts';

export const createProjectInput = z.object({ name: projectName });

export const createProject = operatorProcedure
  .input(createProjectInput)
  .mutation(({ ctx, input }) => run({ ownerId: ctx.operator.id, name: input.name }));
