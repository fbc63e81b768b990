import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { recordAudit } from '#server/projects/record-audit.ts';

const name = z.string().trim().min(1).max(200);
/** Micro-dollars for a million tokens, up to $100,000. */
const amount = z.int().min(0).max(100_000_000_000);

export const setPriceSchema = z.object({
  provider: name.meta({ description: 'The provider as calls name it: openai, or the host of a compatible server.' }),
  model: name,
  inputMicros: amount,
  /** Null: cached input costs what other input does. */
  cachedInputMicros: amount.nullable().default(null),
  outputMicros: amount,
  /** What of it a batch costs, in thousandths. */
  batchPermille: z.int().min(0).max(1_000).default(1_000),
  longestAnswer: z.int().min(1).max(10_000_000).nullable().default(null),
  source: z.string().trim().max(500).default(''),
});
export type SetPrice = z.output<typeof setPriceSchema>;

/**
 * Sets what a model costs from now on, by a newer row: what was paid before keeps the price that it was paid by. Holds
 * for every project, since all ask the same providers. A price of nothing says that the model is free; none says that
 * nobody knows.
 */
export async function setPrice(scope: Scope, price: SetPrice): Promise<{ id: string }> {
  const id = `${price.provider}:${price.model}:${randomUUID()}`;
  await query(
    `insert into price (id, provider, model, input_micros, cached_input_micros, output_micros, batch_permille, longest_answer, source, set_by, valid_from)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now())`,
    [
      id,
      price.provider,
      price.model,
      price.inputMicros,
      price.cachedInputMicros,
      price.outputMicros,
      price.batchPermille,
      price.longestAnswer,
      price.source || 'Set by the operator.',
      scope.actor,
    ],
  );
  await recordAudit(scope, { action: 'price.set', subject: `${price.provider} ${price.model}`, details: price });
  return { id };
}
