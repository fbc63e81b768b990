import type { HttpAnswer, HttpCapability, HttpRequest } from '#nodes/core/capabilities.ts';
import { NodeError, toNodeError } from '#nodes/core/errors.ts';
import { cancelled, refuseIfCancelled } from '../abort.ts';
import type { StepScope } from '../step-scope.ts';
import { ExchangeFailed, shown } from './exchange.ts';
import { follow } from './follow.ts';
import { checkHeaders, type Headers } from './headers.ts';

/**
 * Web requests of one step. Addresses that are not public are refused unless the operator allowed their host. Methods
 * other than GET and HEAD are effects and carry the step's key as Idempotency-Key.
 */
export function createHttpCapability(step: StepScope): HttpCapability {
  let writes = 0;
  return {
    async request(asked) {
      refuseIfCancelled(step.signal);
      const url = parsed(asked.url);
      const headers = checkHeaders(asked.headers ?? {});
      if (asked.method === 'GET' || asked.method === 'HEAD') return await perform(step, asked, { url, headers });
      const key = writes === 0 ? step.key : `${step.key}:${writes}`;
      writes += 1;
      const keyed = { 'idempotency-key': key, ...headers };
      return await step.effects.perform<HttpAnswer>(effectOf(asked, url), () =>
        perform(step, asked, { url, headers: keyed }),
      );
    },
  };
}

type Prepared = { url: URL; headers: Headers };

function parsed(text: string): URL {
  const url = URL.parse(text);
  if (url) return url;
  throw new NodeError('INPUT_INVALID', `url is not an address: "${text.slice(0, 200)}". Write it with https://.`, {
    happened: 'no',
  });
}

function effectOf({ method, body }: HttpRequest, url: URL) {
  // PUT and DELETE have the same result however often they are done (RFC 9110, 9.2.2).
  const unsafe = method === 'POST' || method === 'PATCH';
  const ifHappened: HttpAnswer = { status: 200, headers: {}, body: '', url: url.href };
  return { kind: 'http', intent: { method, url: url.href, bytes: Buffer.byteLength(body ?? ''), ifHappened }, unsafe };
}

async function perform(step: StepScope, asked: HttpRequest, { url, headers }: Prepared): Promise<HttpAnswer> {
  const limit = AbortSignal.timeout(asked.timeoutMs);
  try {
    return await follow({
      method: asked.method,
      url,
      headers,
      body: asked.body,
      maxBytes: asked.maxBytes,
      allowedHosts: step.settings.allowedHosts,
      signal: AbortSignal.any([step.signal, limit]),
    });
  } catch (error) {
    const happened = error instanceof ExchangeFailed && !error.begun ? 'no' : 'unknown';
    if (step.signal.aborted) throw cancelled(step.signal, happened);
    if (limit.aborted)
      throw new NodeError('HTTP_TIMEOUT', `${shown(url)} did not answer within ${asked.timeoutMs / 1_000} s.`, {
        cause: error,
        happened,
      });
    if (!(error instanceof ExchangeFailed)) throw toNodeError(error);
    const what = error.begun ? 'broke the connection off' : 'cannot be reached';
    throw new NodeError('HTTP_UNAVAILABLE', `${shown(url)} ${what}: ${error.message}`, {
      cause: error.cause,
      happened,
    });
  }
}
