import type { ModelRequest, ToolCall } from '#nodes/core/capabilities.ts';
import type { NodeFailure } from '#nodes/core/errors.ts';

/** A request as a provider gets it: the model is chosen. `key` is the same whenever the same call is made again. */
export type ProviderRequest = ModelRequest & { model: string; signal: AbortSignal; key?: string };

/** What came back from a call that the provider has worked on, and so may have charged for. */
export type ProviderReply = {
  text: string;
  /** What it asks for; absent: nothing. */
  toolCalls?: ToolCall[];
  /** The model that answered, as the provider names it. */
  model: string;
  responseId: string | null;
  inputTokens: number;
  /** Of the input tokens, those that the provider had kept from an earlier call; absent where it had none. */
  cachedInputTokens?: number;
  outputTokens: number;
  /** The provider sent no usage: the tokens were counted here and may be off by some. */
  counted: boolean;
  /** Set where the answer cannot be used: cut off, refused, broken off. */
  failure: NodeFailure | null;
};

export type EmbeddingRequest = { texts: string[]; model: string; signal: AbortSignal };
export type EmbeddingReply = { vectors: number[][]; model: string; inputTokens: number; counted: boolean };

/** One call of a batch. `id` names it in what comes back. */
export type BatchLine = { id: string; request: ModelRequest & { model: string } };
/** What a look at a batch told: that it is under way, or how its calls ended; `missing`: how those did that nothing is told of. */
export type BatchSeen =
  | { ended: false }
  | { ended: true; lines: Map<string, { reply: ProviderReply } | { failure: NodeFailure }>; missing: NodeFailure };
/** Answers many calls together within a day, for less. All throw a NodeError MODEL_*. */
export type BatchEndpoint = {
  /** Begins a batch under an id of ours. Answers the provider's. */
  send(id: string, lines: readonly BatchLine[], signal: AbortSignal): Promise<string>;
  /** The provider's id of what was begun under ours; null: nothing was. */
  find(id: string, signal: AbortSignal): Promise<string | null>;
  look(providerId: string, signal: AbortSignal): Promise<BatchSeen>;
};

/** Something that answers prompts. `generate` throws a NodeError MODEL_* or CANCELLED where nothing was answered. */
export type ModelProvider = {
  name: string;
  /** Offline: no language model is asked. */
  rehearsal: boolean;
  defaultModel: string;
  /** What makes vectors where no model is named. */
  defaultEmbedding: string;
  generate(request: ProviderRequest): Promise<ProviderReply>;
  /** Vectors of texts in their order. Throws as `generate` does. */
  embed(request: EmbeddingRequest): Promise<EmbeddingReply>;
  /** Absent: it has none. */
  batch?: BatchEndpoint;
};
