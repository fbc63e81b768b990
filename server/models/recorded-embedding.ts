import { createHash } from 'node:crypto';
import type { EmbedAnswer, EmbedRequest, ModelAnswer, ModelRequest } from '#nodes/core/capabilities.ts';
import { canonicalJson } from '#nodes/core/json.ts';
import type { StepScope } from '#server/adapters/step-scope.ts';
import { type Held, withinBudget } from './held-cost.ts';
import { costMicros, findPrice } from './prices.ts';
import type { EmbeddingReply, ModelProvider } from './provider.ts';
import { type Quota, takeQuota } from './quota.ts';
import { type CallKey, findSpend, recordSpend } from './spend.ts';

/** Vectors for a step, recorded with their cost as answers are: a later attempt gets the same ones and pays nothing. */
export async function recordedEmbedding(
  provider: ModelProvider,
  step: StepScope,
  { texts, model, key, quota }: EmbedRequest & { model: string; key: string; quota: Quota },
): Promise<EmbedAnswer> {
  const hash = createHash('sha256')
    .update(canonicalJson({ embed: texts, model }))
    .digest('hex');
  const call: CallKey = { key, hash };
  const known = await findSpend(step.db, call);
  if (known) return embeddingOf(known);
  const request: ModelRequest = { messages: texts.map((content) => ({ role: 'user', content })), maxOutputTokens: 0 };
  await takeQuota(step.db, quota, request);
  return await withinBudget(step, { provider, model, request }, async (held) => {
    const reply = await provider.embed({ texts, model, signal: step.signal });
    return await record(step, { call, provider, held }, reply);
  });
}

type Recording = { call: CallKey; provider: ModelProvider; held: Held };

async function record(
  step: StepScope,
  { call, provider, held }: Recording,
  { vectors, model, inputTokens, counted }: EmbeddingReply,
): Promise<EmbedAnswer> {
  const usage = { inputTokens, outputTokens: 0 };
  const price = held.price ?? (await findPrice(step.db, provider.name, [model]));
  const answer: ModelAnswer = {
    text: packed(vectors),
    model,
    provider: provider.name,
    rehearsal: provider.rehearsal,
    ...usage,
    costMicros: Number(costMicros(usage, price)),
    priceId: price?.id ?? null,
    responseId: null,
  };
  const paid = { answer, usage: counted ? ('counted' as const) : ('reported' as const), failure: null, ...held };
  const first = (await recordSpend(step, call, { ...paid, taskClass: undefined }))
    ? null
    : await findSpend(step.db, call);
  // What is answered is what is stored, so that a later attempt sees the same numbers.
  return embeddingOf(first ?? answer);
}

function embeddingOf({ text, outputTokens: _none, toolCalls: _tools, ...answer }: ModelAnswer): EmbedAnswer {
  return { ...answer, vectors: unpacked(text) };
}

/** Vectors as they are stored: the number of dimensions and the single-precision numbers in base64, a third of their JSON. */
function packed(vectors: number[][]): string {
  const numbers = Float32Array.from(vectors.flat());
  return `${vectors[0]?.length ?? 0}:${Buffer.from(numbers.buffer).toString('base64')}`;
}

function unpacked(text: string): number[][] {
  const [dimensions = '0', data = ''] = text.split(':');
  const bytes = Buffer.from(data, 'base64');
  const numbers = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const size = Number(dimensions);
  return Array.from({ length: numbers.length / size || 0 }, (_, n) =>
    Array.from(numbers.subarray(n * size, (n + 1) * size)),
  );
}
