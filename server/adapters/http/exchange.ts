import { Agent, buildConnector, request } from 'undici';
import type { HttpAnswer, HttpRequest } from '#nodes/core/capabilities.ts';
import { NodeError } from '#nodes/core/errors.ts';
import type { Address } from './guard.ts';
import type { Headers } from './headers.ts';
import { acceptedEncodings, readBody } from './read-body.ts';

export type Exchange = {
  method: HttpRequest['method'];
  url: URL;
  headers: Headers;
  body: string | undefined;
  maxBytes: number;
  addresses: Address[];
  /** Aborts at the end of the request's time, or when the step is cancelled. */
  signal: AbortSignal;
  binary?: boolean;
};
export type Exchanged = HttpAnswer & { location: string | null };

/** An exchange failed. `begun`: a connection stood, so that the server may have got the request. */
export class ExchangeFailed extends Error {
  readonly begun: boolean;

  constructor(cause: unknown, begun: boolean) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'ExchangeFailed';
    this.begun = begun;
  }
}

const connectMs = 10_000;

/**
 * One request over a connection of its own to the given addresses, whatever the name would resolve to by now.
 * Does not follow redirects. Throws ExchangeFailed, and NodeError TOO_LARGE.
 */
export async function exchange(x: Exchange): Promise<Exchanged> {
  const progress = { connected: false };
  const agent = pinnedAgent(x.addresses, progress);
  try {
    const answer = await request(x.url, {
      dispatcher: agent,
      method: x.method,
      headers: { 'accept-encoding': acceptedEncodings, 'user-agent': 'Solograph', ...x.headers },
      body: x.body ?? null,
      signal: x.signal,
    });
    // A body that is given up on breaks off when the agent is destroyed; whoever reads it is told by the reading.
    answer.body.on('error', () => undefined);
    const headers = flat(answer.headers);
    const location = answer.statusCode >= 300 && answer.statusCode < 400 ? (headers.location ?? null) : null;
    // The page that comes with a redirect is not the answer.
    if (location !== null) return { status: answer.statusCode, headers, body: '', url: x.url.href, location };
    const body = await readBody({
      body: answer.body,
      encoding: x.method === 'HEAD' ? '' : (headers['content-encoding'] ?? ''),
      contentType: headers['content-type'] ?? '',
      maxBytes: x.maxBytes,
      url: shown(x.url),
      binary: x.binary ?? false,
    });
    return { status: answer.statusCode, headers, body, url: x.url.href, location };
  } catch (error) {
    if (error instanceof NodeError) throw error;
    throw new ExchangeFailed(error, progress.connected);
  } finally {
    await agent.destroy();
  }
}

/** An address as it is shown in messages: the query may hold what is private. */
export function shown(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

function pinnedAgent(addresses: Address[], progress: { connected: boolean }): Agent {
  const connect = buildConnector({
    timeout: connectMs,
    autoSelectFamily: true,
    lookup: (_host, options, callback) => {
      const [first] = addresses;
      if (options.all) callback(null, addresses);
      else callback(null, first?.address ?? '', first?.family ?? 4);
    },
  });
  return new Agent({
    pipelining: 1,
    headersTimeout: 0, // The signal bounds the whole request.
    bodyTimeout: 0,
    connect: (options, callback) =>
      connect(options, (...result) => {
        progress.connected ||= result[0] === null;
        callback(...result);
      }),
  });
}

function flat(headers: Record<string, string | string[] | undefined>): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}
