import { z } from 'zod';

/** What stands in the place of a value that the retention policy removed. */
export const prunedValueSchema = z.object({ pruned: z.literal(true), sha256: z.string(), bytes: z.number() });
export type PrunedValue = z.infer<typeof prunedValueSchema>;

/** The note in the place of a removed value, null where the value is there. */
export function prunedValue(stored: unknown): PrunedValue | null {
  return prunedValueSchema.strict().safeParse(stored).data ?? null;
}
