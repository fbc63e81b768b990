import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type HttpCall = {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
  key: string | null;
};
/** What the server answers, or a promise of it; null: it never answers. */
export type HttpReply = { status: number; body?: unknown } | null;

/** A real HTTP server on loopback that records every call: the outside world of a run. */
export type TestHttpServer = {
  /** host:port, for the hosts that a project allows. */
  host: string;
  url: string;
  calls: HttpCall[];
  /** The calls of one method and path. */
  count: (method: string, path: string) => number;
  close: () => Promise<void>;
};

/** Starts it; `reply` decides on each call, by default 200 with its number. */
export async function httpServer(
  reply: (call: HttpCall, calls: HttpCall[]) => HttpReply | Promise<HttpReply> = (_, calls) => ({
    status: 200,
    body: { id: calls.length },
  }),
): Promise<TestHttpServer> {
  const calls: HttpCall[] = [];
  const server = createServer((request, response) => {
    answer(request).then(
      (said) => {
        if (said)
          response.writeHead(said.status, { 'content-type': 'application/json' }).end(JSON.stringify(said.body ?? {}));
      },
      (error: unknown) => response.destroy(error as Error),
    );
  });
  async function answer(request: IncomingMessage): Promise<HttpReply> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const key = request.headers['idempotency-key'];
    const call: HttpCall = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(parts).toString(),
      key: typeof key === 'string' ? key : null,
    };
    calls.push(call);
    return await reply(call, calls);
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}`,
    calls,
    count: (method, path) => calls.filter((call) => call.method === method && call.path === path).length,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
