import { z } from 'zod';
import { clearValues as clear } from '#server/working/clear-values.ts';
import { listValues as list } from '#server/working/list-values.ts';
import { putValue as put } from '#server/working/put-value.ts';
import { jsonValue, valueName, workingOwner } from '../fields.ts';
import { projectProcedure } from '../trpc.ts';

export const listValues = projectProcedure
  .input(z.object({ owner: workingOwner }))
  .query(({ ctx, input }) => list(ctx.scope, input.owner));

export const putValueInput = z.object({
  owner: workingOwner,
  name: valueName,
  value: jsonValue,
  ttlMs: z
    .int()
    .min(1_000)
    .max(366 * 86_400_000)
    .default(7 * 86_400_000),
});
export const putValue = projectProcedure.input(putValueInput).mutation(({ ctx, input }) => put(ctx.scope, input));

export const clearValues = projectProcedure
  .input(z.object({ owner: workingOwner, name: valueName.optional() }))
  .mutation(({ ctx, input }) => clear(ctx.scope, input.owner, input.name));
