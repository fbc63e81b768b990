import OpenAI from 'openai';
import type { NodeFailure } from '#nodes/core/errors.ts';
import { cancelled } from '#server/adapters/abort.ts';
import type { ModelProvider, ProviderReply, ProviderRequest } from '../provider.ts';
import { batchEndpoint } from './batch.ts';
import { countTokens } from './count-tokens.ts';
import { adapt, bodyOf, type Dialect, firstDialect } from './dialect.ts';
import { embedWith } from './embed.ts';
import { type FailedCall, failureOf, timedOut, unavailable } from './failures.ts';
import { watchIdle } from './idle-watch.ts';
import { readStream, type Streamed } from './read-stream.ts';

export type OpenAiOptions = {
  apiKey: string | undefined;
  /** Of any server that speaks the protocol; OpenAI's own where it is not given. */
  baseUrl: string | undefined;
  defaultModel: string;
  defaultEmbedding?: string;
  /** Name of the stored connection, for messages; absent: it comes from the environment. */
  connection?: string;
  /** Longest silence before and within an answer. A local server may load a model first. */
  idleMs?: number;
};

const usualEmbedding = 'text-embedding-3-small';
const officialUrl = 'https://api.openai.com/v1';

/** A provider that speaks OpenAI's chat protocol: OpenAI itself, or Ollama, vLLM, LM Studio and others by their URL. */
export function openAiProvider(options: OpenAiOptions): ModelProvider {
  const { apiKey, baseUrl = officialUrl, defaultModel, connection, idleMs = 120_000 } = options;
  const { host, hostname } = new URL(baseUrl);
  const official = hostname === 'api.openai.com';
  const client = new OpenAI({
    apiKey: apiKey ?? 'not-needed',
    baseURL: baseUrl,
    maxRetries: 0, // The engine retries, durably and visibly.
    timeout: idleMs,
    logLevel: 'off',
  });
  const dialects = new Map<string, Dialect>();

  async function open(request: ProviderRequest, signal: AbortSignal) {
    let dialect = dialects.get(request.model) ?? firstDialect(official);
    for (;;) {
      try {
        // A server that knows the header answers a call that was cut off once more without charging for it.
        const headers = request.key === undefined ? {} : { 'Idempotency-Key': request.key };
        return await client.chat.completions.create(bodyOf(request, dialect), { signal, headers });
      } catch (error) {
        const next = refused(error) ? adapt(dialect, request, refusalText(error)) : null;
        if (!next) throw error;
        dialect = next;
        dialects.set(request.model, next);
      }
    }
  }

  return {
    name: official ? 'openai' : host,
    rehearsal: false,
    defaultModel,
    defaultEmbedding: options.defaultEmbedding ?? usualEmbedding,
    batch: batchEndpoint(client, (model) => dialects.get(model) ?? firstDialect(official), {
      ...{ model: defaultModel, host, connection, secret: apiKey },
    }),
    embed: (request) => embedWith(client, request, { model: request.model, host, connection, secret: apiKey }),
    async generate(request) {
      const call = { model: request.model, host, connection, secret: apiKey };
      const watch = watchIdle(request.signal, idleMs);
      const stopped = () =>
        request.signal.aborted ? cancelled(request.signal, 'unknown') : watch.late() ? timedOut(call) : null;
      try {
        const stream = await open(request, watch.signal);
        watch.touch();
        const got = await readStream(stream, (text) => {
          watch.touch();
          if (text) request.onText?.(text);
        });
        if (request.signal.aborted) throw cancelled(request.signal, 'unknown');
        return await replyOf(request, got, problemOf(got, call, watch.late()));
      } catch (error) {
        throw stopped() ?? failureOf(error, call);
      } finally {
        watch.stop();
      }
    },
  };
}

type Refusal = InstanceType<typeof OpenAI.APIError>;

function refused(error: unknown): error is Refusal {
  return error instanceof OpenAI.APIError && (error.status === 400 || error.status === 422);
}

function refusalText(error: Refusal): string {
  return `${error.param ?? ''} ${error.code ?? ''} ${error.message} ${JSON.stringify(error.error ?? '')}`;
}

/** Why an answer cannot be used, or null. */
function problemOf(got: Streamed, call: FailedCall, late: boolean): NodeFailure | null {
  if (late) return timedOut(call).toFailure();
  if (got.broken) return failureOf(got.broken, call).toFailure();
  if (got.refusal || got.finish === 'content_filter') {
    const why = got.refusal || 'its content filter stopped the answer';
    return { code: 'MODEL_REFUSED', message: `The model "${call.model}" refused to answer: ${why.slice(0, 300)}` };
  }
  if (got.finish === 'length')
    return {
      code: 'MODEL_OUTPUT_INVALID',
      message: `The answer of "${call.model}" was cut off at the output limit. Raise the limit, or ask for less.`,
    };
  if (got.finish === null) return unavailable(call, 'ended the answer before it was complete.').toFailure();
  return null;
}

async function replyOf(request: ProviderRequest, got: Streamed, failure: NodeFailure | null): Promise<ProviderReply> {
  const usage = got.usage ?? (await countTokens(request.messages, got.text + got.refusal));
  const toolCalls = got.toolCalls
    .filter((call) => call)
    .map((call, n) => ({ ...call, id: call.id || `call_${n + 1}` }));
  return {
    text: got.text,
    ...(toolCalls.length > 0 ? { toolCalls } : {}),
    model: got.model ?? request.model,
    responseId: got.responseId,
    ...usage,
    counted: got.usage === null,
    failure,
  };
}
