import OpenAI from 'openai';
import { NodeError } from '#nodes/core/errors.ts';

const longestWaitMs = 24 * 3_600_000;

/** What is known of a call that failed. */
export type FailedCall = {
  model: string;
  host: string;
  /** The stored connection; absent: it comes from the environment. */
  connection?: string | undefined;
  /** The key, which a server may repeat in what it says. */
  secret?: string | undefined;
};

/** The coded failure of an error that the SDK threw before or while an answer came. */
export function failureOf(error: unknown, call: FailedCall): NodeError {
  if (error instanceof NodeError) return error;
  hideKey(error, call.secret);
  if (error instanceof OpenAI.APIConnectionTimeoutError) return timedOut(call, error);
  if (error instanceof OpenAI.APIError && typeof error.status === 'number') return failureOfStatus(error, call);
  if (error instanceof OpenAI.APIError && !(error instanceof OpenAI.APIConnectionError))
    return unavailable(call, `broke off with an error: ${short(error.message)}`, error);
  return unavailable(call, `cannot be reached or broke off: ${short(causes(error))}`, error);
}

/** What failed is shown and logged, with its causes. */
function hideKey(error: unknown, secret: string | undefined): void {
  if (!secret) return;
  for (let at: unknown = error, n = 0; at instanceof Error && n < 6; at = at.cause, n += 1)
    at.message = at.message.replaceAll(secret, '[key]');
}

/** No answer, or no further piece of one, in time. */
export function timedOut({ model, host }: FailedCall, cause?: unknown): NodeError {
  return new NodeError('MODEL_TIMEOUT', `The model "${model}" at ${host} did not answer in time.`, { cause });
}

/** The server is away, failed, or broke off. */
export function unavailable({ host }: FailedCall, what: string, cause?: unknown): NodeError {
  return new NodeError('MODEL_UNAVAILABLE', `The model server ${host} ${what}`, { cause });
}

function failureOfStatus(error: InstanceType<typeof OpenAI.APIError>, call: FailedCall): NodeError {
  const { model, host, connection } = call;
  const [key, url] = connection
    ? [`the key of the connection "${connection}"`, `the URL of the connection "${connection}"`]
    : ['OPENAI_API_KEY', 'OPENAI_BASE_URL'];
  const status = error.status as number;
  const said = short(error.message);
  const rejected = (what: string) =>
    new NodeError('MODEL_REJECTED', what, { cause: error, happened: 'no', details: { status } });
  if (status === 401) return rejected(`The model server ${host} refused the key (401). Check ${key}.`);
  if (status === 403)
    return rejected(`The key may not use the model "${model}" at ${host}: ${said}. Choose another model or key.`);
  if (status === 404)
    return rejected(
      `The model server ${host} does not know "${model}": ${said}. Choose a model it has, or check ${url}.`,
    );
  if (status === 408 || status === 504) return timedOut(call, error);
  if (status === 429 && error.code === 'insufficient_quota')
    return rejected(`The account at ${host} has no credit left: ${said}. Add credit there, then try again.`);
  if (status === 429) return rateLimited(error, call);
  if (status >= 500) return unavailable(call, `failed: ${said}`, error);
  return rejected(`The model server ${host} refused the request: ${said}. Change what the message names.`);
}

function rateLimited(error: InstanceType<typeof OpenAI.APIError>, { model, host }: FailedCall): NodeError {
  const retryAfterMs = retryAfter(error.headers ?? null, Date.now());
  return new NodeError('MODEL_RATE_LIMITED', `The model "${model}" at ${host} takes no more requests for now.`, {
    cause: error,
    happened: 'no',
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  });
}

/** How long to wait, in milliseconds, as `Retry-After` says in seconds or as a date; null where it does not. */
export function retryAfter(headers: Headers | null, nowMs: number): number | null {
  const precise = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  const text = headers?.get('retry-after')?.trim() ?? '';
  const waitMs = Number.isFinite(precise)
    ? precise
    : /^\d+(\.\d+)?$/.test(text)
      ? Number(text) * 1_000
      : Date.parse(text) - nowMs;
  return Number.isFinite(waitMs) ? Math.min(Math.max(0, Math.round(waitMs)), longestWaitMs) : null;
}

function causes(error: unknown): string {
  const texts: string[] = [];
  for (let at: unknown = error; at instanceof Error && texts.length < 4; at = at.cause) texts.push(at.message);
  return texts.length > 0 ? texts.join(': ') : String(error);
}

function short(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\.$/, '').slice(0, 300);
}
