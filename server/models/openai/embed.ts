import type OpenAI from 'openai';
import { cancelled } from '#server/adapters/abort.ts';
import type { EmbeddingReply, EmbeddingRequest } from '../provider.ts';
import { countTexts } from './count-tokens.ts';
import { type FailedCall, failureOf, unavailable } from './failures.ts';

/** Asks a server for vectors. Errors: MODEL_*, also where it sends fewer vectors than texts; CANCELLED. */
export async function embedWith(
  client: OpenAI,
  { texts, model, signal }: EmbeddingRequest,
  call: FailedCall,
): Promise<EmbeddingReply> {
  try {
    // Said, because the SDK would ask for base64, which not every server that speaks the protocol can.
    const got = await client.embeddings.create({ model, input: texts, encoding_format: 'float' }, { signal });
    const vectors = [...got.data].sort((a, b) => a.index - b.index).map(({ embedding }) => embedding);
    if (vectors.length !== texts.length || vectors.some((vector) => !isVector(vector, vectors[0]!.length)))
      throw unavailable(
        call,
        `answered ${vectors.length} vectors for ${texts.length} texts, or vectors that differ in length.`,
      );
    const told = got.usage?.prompt_tokens;
    return {
      vectors,
      model: got.model || model,
      inputTokens: told ?? (await countTexts(texts)),
      counted: told === undefined,
    };
  } catch (error) {
    throw signal.aborted ? cancelled(signal, 'unknown') : failureOf(error, call);
  }
}

function isVector(value: unknown, dimensions: number): boolean {
  return Array.isArray(value) && value.length === dimensions && value.length > 0 && value.every(Number.isFinite);
}
