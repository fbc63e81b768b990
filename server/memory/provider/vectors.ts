import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { NodeError } from '#nodes/core/errors.ts';
import { inTransaction } from '#server/db/in-transaction.ts';
import { pricedAs } from '#server/models/held-cost.ts';
import type { Chosen } from '#server/models/model-source.ts';
import { charges, costMicros, findPrice, type Price } from '#server/models/prices.ts';
import type { EmbeddingReply } from '#server/models/provider.ts';
import { blockQuota, takeQuota } from '#server/models/quota.ts';
import { ownModels } from '#server/money/asked-model.ts';
import { dollars } from '#server/money/reserve.ts';
import { inputBound } from '#server/money/worst-case.ts';
import { batchesOf } from './batches.ts';
import { type Keeping, keepVectors, knownVectors, unit, type VectorMaker } from './kept-vectors.ts';

/**
 * Vectors of length 1 for texts, in their order: those that were paid for before, the others asked in batches. Each
 * batch takes from the quota, reserves in the budgets of the project, and is recorded with its cost in one commit with
 * its vectors. Errors: MODEL_*, BUDGET_EXCEEDED, NOT_CONFIGURED, CANCELLED; what came before stays.
 */
export async function providerVectors(
  db: Pool,
  by: VectorMaker,
  { texts, signal, keep }: { texts: readonly string[]; signal: AbortSignal; keep: boolean },
): Promise<number[][]> {
  const hashes = texts.map(hashOf);
  const vectors = await knownVectors(db, by, hashes);
  const missing = new Map(texts.flatMap((text, at) => (vectors.has(hashes[at]!) ? [] : [[hashes[at]!, text]])));
  if (missing.size > 0) {
    const models = await ownModels(db);
    const chosen = await models.choose(by.projectId, by.model, 'vectors');
    const price = await findPrice(db, chosen.provider.name, pricedAs(chosen.provider, chosen.model));
    for (const batch of batchesOf([...missing]))
      for (const [hash, vector] of await askBatch(db, by, { chosen, price, batch, signal, keep }))
        vectors.set(hash, vector);
  }
  return hashes.map((hash) => vectors.get(hash) ?? []);
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

type Asking = {
  chosen: Chosen;
  price: Price | null;
  batch: readonly (readonly [hash: string, text: string])[];
  signal: AbortSignal;
  keep: boolean;
};

async function askBatch(db: Pool, by: VectorMaker, asking: Asking): Promise<[string, number[]][]> {
  const { chosen, price, batch, signal } = asking;
  const texts = batch.map(([, text]) => text);
  const request = { messages: texts.map((content) => ({ role: 'user' as const, content })), maxOutputTokens: 0 };
  await takeQuota(db, chosen.quota, request);
  const most = price && costMicros({ inputTokens: await inputBound(request, chosen.model), outputTokens: 0 }, price);
  const reservation = price && !charges(price) ? null : await reserve(db, by, { micros: most, model: chosen.model });
  try {
    const reply = await chosen.provider.embed({ texts, model: chosen.model, signal });
    const found = batch.map(([hash], at): [string, number[]] => [hash, unit(reply.vectors[at] ?? [])]);
    await record(db, by, { ...asking, reply, found, reservation });
    return found;
  } catch (error) {
    if (reservation !== null) await db.query('select sg_release_spend($1)', [reservation]);
    if (error instanceof NodeError && error.code === 'MODEL_RATE_LIMITED' && error.retryAfterMs !== undefined)
      await blockQuota(db, chosen.quota, error.retryAfterMs);
    throw error;
  }
}

type Reserved = { ok: true; id: string | null } | { ok: false; budget: string } | { ok: false; unpriced: true };

async function reserve(
  db: Pool,
  { projectId }: VectorMaker,
  { micros, model }: { micros: bigint | null; model: string },
): Promise<string | null> {
  const { rows } = await db.query<{ reserved: Reserved }>('select sg_reserve_memory($1, $2) as reserved', [
    projectId,
    micros?.toString() ?? null,
  ]);
  const reserved = rows[0]?.reserved as Reserved;
  if (reserved.ok) return reserved.id;
  if ('unpriced' in reserved)
    throw new NodeError(
      'MODEL_UNPRICED',
      `Nobody knows what "${model}" costs, so a hard budget cannot hold it. Set its price on the page Spend; 0 where it is free.`,
      { happened: 'no' },
    );
  throw new NodeError(
    'BUDGET_EXCEEDED',
    `The next vectors may cost $${dollars(Number(micros ?? 0n))}, for which the budget of this ${reserved.budget} has no room. Raise it, or wait.`,
    { happened: 'no' },
  );
}

type Recording = Asking & { reply: EmbeddingReply; found: [string, number[]][]; reservation: string | null };

/** What was paid and what came of it are stored together, so that nothing is paid for twice. */
async function record(db: Pool, by: VectorMaker, { chosen, price, batch, reply, found, reservation, keep }: Recording) {
  const usage = { inputTokens: reply.inputTokens, outputTokens: 0 };
  const requestHash = createHash('sha256')
    .update(batch.map(([hash]) => hash).join())
    .digest('hex');
  const spend = {
    projectId: by.projectId,
    callKey: `memory:${by.projectId}:${crypto.randomUUID()}`,
    requestHash,
    provider: chosen.provider.name,
    model: reply.model,
    rehearsal: chosen.provider.rehearsal,
    inputTokens: reply.inputTokens,
    priceId: price?.id ?? null,
    costMicros: costMicros(usage, price).toString(),
    answer: { usage: reply.counted ? 'counted' : 'reported', failure: null, vectors: found.length },
    reservation,
  };
  const keeping: Keeping = keep ? found : [];
  await inTransaction(db, async (tx) => {
    await keepVectors(tx, by, keeping);
    await tx.query('select sg_record_memory_spend($1::jsonb)', [JSON.stringify(spend)]);
  });
}
