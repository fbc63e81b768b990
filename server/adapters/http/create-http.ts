import type { HttpAnswer, HttpCapability, HttpRequest } from '#nodes/core/capabilities.ts';
import { NodeError, toNodeError } from '#nodes/core/errors.ts';
import { cancelled, refuseIfCancelled } from '../abort.ts';
import type { LookedUp, StepScope } from '../step-scope.ts';
import { ExchangeFailed, shown } from './exchange.ts';
import { follow } from './follow.ts';
import { checkHeaders, type Headers } from './headers.ts';

/**
 * Web requests of one step. Addresses that are not public are refused unless the operator allowed their host. Methods
 * other than GET and HEAD are effects and carry the step's key as Idempotency-Key.
 */
export function createHttpCapability(step: StepScope): HttpCapability {
  return {
    async request(asked) {
      refuseIfCancelled(step.signal);
      const url = parsed(asked.url);
      const headers = checkHeaders(asked.headers ?? {});
      if (asked.method === 'GET' || asked.method === 'HEAD') return await perform(step, asked, { url, headers });
      const { lookUp } = asked;
      const effect = { ...effectOf(asked, url), ...(lookUp ? { lookUp: () => look(step, asked, lookUp) } : {}) };
      // The key comes last: a key of the operator's own would be the same in every run.
      try {
        return await step.effects.perform<HttpAnswer>(effect, async (key) => {
          const answer = await perform(step, asked, { url, headers: { ...headers, 'idempotency-key': key } });
          if (mayBeAskedAgain(answer, effect.unsafe)) throw new Refused(answer);
          return answer;
        });
      } catch (error) {
        if (error instanceof Refused) return error.answer;
        throw error;
      }
    },
  };
}

/** A request that did nothing, or does no harm when repeated: its answer is no receipt, so a later attempt asks again. */
class Refused extends NodeError {
  readonly answer: HttpAnswer;

  constructor(answer: HttpAnswer) {
    super('HTTP_STATUS', `It was answered with status ${answer.status}.`, { happened: 'no' });
    this.answer = answer;
  }
}

const mayBeAskedAgain = ({ status }: HttpAnswer, unsafe: boolean): boolean => (status >= 500 ? !unsafe : status >= 400);

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

/** Asks the provider whether the request took effect. Whatever it says but yes and no leaves it open. */
async function look(step: StepScope, { timeoutMs, maxBytes }: HttpRequest, address: string): Promise<LookedUp> {
  try {
    const url = parsed(address);
    const answer = await perform(step, { method: 'GET', url: address, timeoutMs, maxBytes }, { url, headers: {} });
    if (answer.status >= 200 && answer.status < 300) return { kind: 'happened', receipt: answer };
    return { kind: answer.status === 404 ? 'not-happened' : 'unknown' };
  } catch (error) {
    // Not to be had: then the operator is asked, as if there were nowhere to look.
    if (step.signal.aborted) throw error;
    return { kind: 'unknown' };
  }
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
