import { z } from 'zod';
import { refreshDocument as run } from '#server/documents/refresh-document.ts';
import { projectProcedure } from '../trpc.ts';

export const refreshDocumentInput = z.object({ id: z.uuid() });

export const refreshDocument = projectProcedure
  .input(refreshDocumentInput)
  .mutation(({ ctx, input }) => run(ctx.scope, input.id));
