import { z } from 'zod';
import { importTemplate as run } from '#server/templates/import-template.ts';
import { projectProcedure } from '../trpc.ts';

export const importTemplateInput = z.object({ document: z.unknown() });

export const importTemplate = projectProcedure
  .input(importTemplateInput)
  .mutation(({ ctx, input }) => run(ctx.scope, input.document));
