import { z } from 'zod';
import { importDocuments as run } from '#server/documents/import-documents.ts';
import { projectProcedure } from '../trpc.ts';

export const importDocumentsInput = z.object({
  fileIds: z.array(z.uuid()).min(1).max(200),
  entityId: z.uuid().optional(),
});

export const importDocuments = projectProcedure
  .input(importDocumentsInput)
  .mutation(({ ctx, input }) => run(ctx.scope, input));
