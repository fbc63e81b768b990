import { z } from 'zod';
import { missingFiles as run } from '#server/files/missing-files.ts';
import { projectProcedure } from '../trpc.ts';

export const missingFilesInput = z.object({ ids: z.array(z.uuid()).max(200) });

export const missingFiles = projectProcedure
  .input(missingFilesInput)
  .query(({ ctx, input }) => run(ctx.scope, input.ids));
