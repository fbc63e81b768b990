import type OpenAI from 'openai';
import type { ToolCall } from '#nodes/core/capabilities.ts';

type ChunkStream = AsyncIterable<OpenAI.ChatCompletionChunk>;

/** What a stream brought until it ended or broke off. */
export type Streamed = {
  text: string;
  refusal: string;
  /** What it asks for, in order; the arguments come in pieces. */
  toolCalls: ToolCall[];
  finish: string | null;
  model: string | null;
  responseId: string | null;
  usage: { inputTokens: number; cachedInputTokens?: number; outputTokens: number } | null;
  /** Why it broke off, where it did. */
  broken: unknown;
};

/** Reads a stream to its end. Never throws: what came before it broke may have been charged for. */
export async function readStream(stream: ChunkStream, onChunk: (text: string) => void): Promise<Streamed> {
  const got: Streamed = {
    text: '',
    refusal: '',
    toolCalls: [],
    finish: null,
    model: null,
    responseId: null,
    usage: null,
    broken: null,
  };
  try {
    for await (const chunk of stream) {
      take(got, chunk);
      onChunk(chunk.choices?.[0]?.delta?.content ?? '');
    }
  } catch (error) {
    got.broken = error;
  }
  return got;
}

function take(got: Streamed, chunk: OpenAI.ChatCompletionChunk): void {
  got.model ??= chunk.model || null;
  got.responseId ??= chunk.id || null;
  if (chunk.usage) got.usage = usageOf(chunk.usage);
  // Compatible servers leave out members that OpenAI's own always sends.
  const choice = chunk.choices?.[0];
  got.text += choice?.delta?.content ?? '';
  got.refusal += choice?.delta?.refusal ?? '';
  got.finish = choice?.finish_reason ?? got.finish;
  for (const piece of choice?.delta?.tool_calls ?? []) takeCall(got.toolCalls, piece);
}

/** Pieces of one call have its index; some servers send whole calls without one. */
function takeCall(calls: ToolCall[], piece: OpenAI.ChatCompletionChunk.Choice.Delta.ToolCall): void {
  const at = piece.index ?? calls.length;
  const call = calls[at] ?? { id: '', name: '', arguments: '' };
  calls[at] = {
    id: call.id || (piece.id ?? ''),
    name: call.name + (piece.function?.name ?? ''),
    arguments: call.arguments + (piece.function?.arguments ?? ''),
  };
}

function usageOf(usage: OpenAI.CompletionUsage): Streamed['usage'] {
  const cachedInputTokens = usage.prompt_tokens_details?.cached_tokens ?? 0;
  return {
    inputTokens: usage.prompt_tokens,
    ...(cachedInputTokens > 0 ? { cachedInputTokens } : {}),
    outputTokens: usage.completion_tokens,
  };
}
