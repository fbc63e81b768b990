import type { HttpAnswer, HttpRequest } from '#nodes/core/capabilities.ts';
import { NodeError } from '#nodes/core/errors.ts';
import { type Exchanged, exchange, shown } from './exchange.ts';
import { resolveTarget } from './guard.ts';
import { type Headers, headersAfter } from './headers.ts';

export type Journey = {
  method: HttpRequest['method'];
  url: URL;
  headers: Headers;
  body: string | undefined;
  maxBytes: number;
  allowedHosts: string[];
  signal: AbortSignal;
  /** The body is bytes, each one character. */
  binary?: boolean;
};

const mostRedirects = 5;

/** Requests an address and follows redirects; each address on the way is checked like the first one. */
export async function follow(journey: Journey): Promise<HttpAnswer> {
  let { method, url, headers, body } = journey;
  for (let redirects = 0; ; redirects += 1) {
    const addresses = await checkedAddresses(url, journey.allowedHosts, redirects);
    const { maxBytes, signal, binary = false } = journey;
    const { location, ...answer } = await exchange({ method, url, headers, body, maxBytes, addresses, signal, binary });
    if (location === null || answer.status === 304) return answer;
    if (redirects === mostRedirects)
      throw new NodeError('HTTP_BLOCKED', `${shown(journey.url)} redirects more than ${mostRedirects} times.`);
    const next = nextUrl(location, url);
    headers = headersAfter(headers, url, next);
    if (becomesGet(answer, method)) {
      method = 'GET';
      body = undefined;
      headers = withoutBody(headers);
    }
    url = next;
  }
}

async function checkedAddresses(url: URL, allowedHosts: string[], redirects: number) {
  try {
    return await resolveTarget(url, allowedHosts);
  } catch (error) {
    if (redirects === 0 || !(error instanceof NodeError)) throw error;
    // The first server has got the request; what it caused there has happened.
    throw new NodeError(error.code, `Redirected: ${error.message}`, { cause: error, happened: 'unknown' });
  }
}

function nextUrl(location: string, from: URL): URL {
  const next = URL.parse(location, from);
  if (next) return next;
  throw new NodeError(
    'HTTP_UNAVAILABLE',
    `${shown(from)} redirects to "${location.slice(0, 200)}", which is no address.`,
  );
}

/** As browsers do it (Fetch standard): 303 always, 301 and 302 after a POST. */
function becomesGet({ status }: Pick<Exchanged, 'status'>, method: HttpRequest['method']): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  return status === 303 || ((status === 301 || status === 302) && method === 'POST');
}

function withoutBody({ 'content-type': _type, ...headers }: Headers): Headers {
  return headers;
}
