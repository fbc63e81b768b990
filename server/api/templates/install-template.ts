import { z } from 'zod';
import { installTemplate as run } from '#server/templates/install-template.ts';
import { projectProcedure } from '../trpc.ts';

export const installTemplateInput = z.object({ template: z.string().min(1).max(100) });

export const installTemplate = projectProcedure
  .input(installTemplateInput)
  .mutation(({ ctx, input }) => run({ projectId: ctx.scope.projectId, name: input.template, actor: ctx.scope.actor }));
