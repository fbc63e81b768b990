import { z } from 'zod';
import { importRecallSet as run } from '#server/knowledge/import-recall-set.ts';
import { projectProcedure } from '../trpc.ts';

export const importRecallSetInput = z.object({
  text: z.string().trim().min(1, 'The file is empty.').max(1_000_000, 'A set may have a million characters at most.'),
});

export const importRecallSet = projectProcedure
  .input(importRecallSetInput)
  .mutation(({ ctx, input }) => run(ctx.scope, input.text));
