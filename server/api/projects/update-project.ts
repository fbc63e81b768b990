import { z } from 'zod';
import { settingsSchema } from '#server/projects/settings.ts';
import { updateProject as run } from '#server/projects/update-project.ts';
import { projectName } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const updateProjectInput = z.object({ name: projectName.optional(), settings: settingsSchema.optional() });

export const updateProject = projectProcedure
  .input(updateProjectInput)
  .mutation(({ ctx, input }) => run(ctx.scope, input));
