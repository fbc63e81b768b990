import { z } from 'zod';
import { removeDocument as run } from '#server/documents/remove-document.ts';
import { projectProcedure } from '../trpc.ts';

export const removeDocumentInput = z.object({ id: z.uuid() });

export const removeDocument = projectProcedure
  .input(removeDocumentInput)
  .mutation(({ ctx, input }) => run(ctx.scope, input.id));
