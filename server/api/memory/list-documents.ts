import { z } from 'zod';
import { listDocuments as run } from '#server/documents/list-documents.ts';
import { cursor } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const listDocumentsInput = z.object({ limit: z.int().min(1).max(200).default(50), cursor: cursor.optional() });

export const listDocuments = projectProcedure
  .input(listDocumentsInput)
  .query(({ ctx, input }) => run(ctx.scope, input));
