import OpenAI, { toFile } from 'openai';
import { NodeError, type NodeFailure } from '#nodes/core/errors.ts';
import type { BatchEndpoint, BatchLine, BatchSeen, ProviderReply, ProviderRequest } from '../provider.ts';
import { countTokens } from './count-tokens.ts';
import { bodyOf, type Dialect } from './dialect.ts';
import { type FailedCall, failureOf, timedOut } from './failures.ts';

const url = '/v1/chat/completions';
/** Batches of the last day are among so many. */
const mostLooked = 200;
/** A server that tells nothing must not keep the other batches waiting. */
const longestLookMs = 30_000;

type Line = {
  custom_id: string;
  response?: { status_code: number; body: unknown } | null;
  error?: { code?: string; message?: string } | null;
};

/** The batch endpoint of a server that speaks OpenAI's protocol. */
export function batchEndpoint(client: OpenAI, dialectOf: (model: string) => Dialect, call: FailedCall): BatchEndpoint {
  const coded = async <T>(work: Promise<T>, signal: AbortSignal): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (signal.aborted) throw timedOut(call, error);
      if (error instanceof OpenAI.APIError && (error.status === 404 || error.status === 405))
        throw new NodeError(
          'MODEL_REJECTED',
          `${call.host} has no batch endpoint. Switch it off for the kind of work batch.`,
          { cause: error, happened: 'no' },
        );
      throw failureOf(error, call);
    }
  };
  return {
    send: (id, lines, signal) => coded(send({ client, dialectOf }, id, { lines, signal }), signal),
    find: (id, signal) => coded(find(client, id, signal), signal),
    look: (id, signal) => coded(look({ client, call }, id, signal), signal),
  };
}

type Sending = { client: OpenAI; dialectOf: (model: string) => Dialect };

async function send(
  { client, dialectOf }: Sending,
  id: string,
  { lines, signal }: { lines: readonly BatchLine[]; signal: AbortSignal },
): Promise<string> {
  const text = lines.map((line) => JSON.stringify(lineOf(line, dialectOf))).join('\n');
  const file = await client.files.create(
    { file: await toFile(Buffer.from(text), `${id}.jsonl`), purpose: 'batch' },
    { signal },
  );
  const batch = await client.batches.create(
    { input_file_id: file.id, endpoint: url, completion_window: '24h', metadata: { solograph: id } },
    { signal, headers: { 'Idempotency-Key': id } },
  );
  return batch.id;
}

function lineOf({ id, request }: BatchLine, dialectOf: (model: string) => Dialect) {
  const { stream: _s, stream_options: _o, ...body } = bodyOf(asked(request), dialectOf(request.model));
  return { custom_id: id, method: 'POST', url, body };
}

const asked = (request: BatchLine['request']): ProviderRequest => ({
  ...request,
  signal: new AbortController().signal,
});

async function find(client: OpenAI, id: string, signal: AbortSignal): Promise<string | null> {
  let seen = 0;
  for await (const batch of client.batches.list({ limit: 100 }, { signal })) {
    if (batch.metadata?.solograph === id) return batch.id;
    seen += 1;
    if (seen >= mostLooked) break;
  }
  return null;
}

async function look(
  { client, call }: { client: OpenAI; call: FailedCall },
  id: string,
  signal: AbortSignal,
): Promise<BatchSeen> {
  const batch = await client.batches.retrieve(id, { signal, timeout: longestLookMs }).catch((error: unknown) => {
    throw unknownTo(call, id, error);
  });
  if (!['completed', 'expired', 'cancelled', 'failed'].includes(batch.status)) return { ended: false };
  const lines: Extract<BatchSeen, { ended: true }>['lines'] = new Map();
  for (const file of [batch.output_file_id, batch.error_file_id])
    if (file) {
      const text = await (await client.files.content(file, { signal })).text();
      for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
        const read = JSON.parse(line) as Line;
        lines.set(read.custom_id, await endOf(read, call));
      }
    }
  const said = batch.errors?.data?.[0]?.message;
  return { ended: true, lines, missing: missingOf(batch.status, { call, said }) };
}

/** A server that has taken a batch has the endpoint: what it does not find is the batch. */
function unknownTo({ host, connection }: FailedCall, id: string, error: unknown): unknown {
  if (!(error instanceof OpenAI.APIError) || error.status !== 404) return error;
  const by = connection
    ? `the URL and the key of the connection "${connection}"`
    : 'OPENAI_BASE_URL and OPENAI_API_KEY';
  return new NodeError(
    'MODEL_REJECTED',
    `${host} does not know the batch ${id} (404). Check ${by}: they may be those of another account.`,
    {
      cause: error,
      happened: 'no',
    },
  );
}

/** Why a line has no answer where its batch has ended. */
function missingOf(status: string, { call, said }: { call: FailedCall; said: string | undefined }): NodeFailure {
  const { host } = call;
  if (status === 'expired')
    return { code: 'MODEL_TIMEOUT', message: `The batch at ${host} expired before this call was answered.` };
  if (status === 'failed')
    return { code: 'MODEL_REJECTED', message: `${host} refused the batch: ${said ?? 'it did not say why'}.` };
  return { code: 'MODEL_UNAVAILABLE', message: `The batch at ${host} is ${status}, without an answer to this call.` };
}

type End = { reply: ProviderReply } | { failure: NodeFailure };

async function endOf({ response, error }: Line, call: FailedCall): Promise<End> {
  if (response && response.status_code === 200)
    return { reply: await replyOf(response.body as OpenAI.ChatCompletion, call) };
  if (error?.code === 'batch_expired') return { failure: missingOf('expired', { call, said: undefined }) };
  const status = response?.status_code ?? 500;
  const told = (response?.body as { error?: { message?: string; code?: string } } | undefined)?.error ?? error ?? {};
  return {
    failure: failureOf(
      OpenAI.APIError.generate(status, { error: told }, told.message, new Headers()),
      call,
    ).toFailure(),
  };
}

async function replyOf(body: OpenAI.ChatCompletion, { model }: FailedCall): Promise<ProviderReply> {
  const [choice] = body.choices ?? [];
  const text = choice?.message?.content ?? '';
  const refusal = choice?.message?.refusal ?? '';
  const cached = body.usage?.prompt_tokens_details?.cached_tokens ?? 0;
  const usage = body.usage
    ? {
        inputTokens: body.usage.prompt_tokens,
        ...(cached > 0 ? { cachedInputTokens: cached } : {}),
        outputTokens: body.usage.completion_tokens,
      }
    : await countTokens([], text + refusal);
  return {
    text,
    model: body.model || model,
    responseId: body.id ?? null,
    ...usage,
    counted: !body.usage,
    failure: problemOf({ refusal, finish: choice?.finish_reason ?? null, model: body.model || model }),
  };
}

function problemOf({
  refusal,
  finish,
  model,
}: {
  refusal: string;
  finish: string | null;
  model: string;
}): NodeFailure | null {
  if (refusal || finish === 'content_filter')
    return {
      code: 'MODEL_REFUSED',
      message: `The model "${model}" refused to answer: ${(refusal || 'its content filter stopped the answer').slice(0, 300)}`,
    };
  if (finish === 'length')
    return {
      code: 'MODEL_OUTPUT_INVALID',
      message: `The answer of "${model}" was cut off at the output limit. Raise the limit, or ask for less.`,
    };
  return null;
}
