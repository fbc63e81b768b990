import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** One request that changed something, as the outside saw it. */
export type Call = { key: string; method: string; path: string };

/** How the outside answers a request that it has recorded. */
export type Manner = { delayMs?: number; status?: number; drop?: boolean };

/** The outside world: a server that records every effect before it answers, or does not answer. */
export type Ledger = {
  host: string;
  calls: Call[];
  /** How often it was asked to do what this key stands for. */
  countOf: (key: string) => number;
  /** Changes how effects are answered; null: at once and well. */
  behave: (manner: ((call: Call) => Manner) | null) => void;
  close: () => Promise<void>;
};

const big = 'x'.repeat(10_000_000);
/** Text that Postgres cannot hold: NUL, and halves of a pair. */
const odd = '{"nul": "a\\u0000b", "half": "\\ud800 and \\udfff", "\\u0000": 1}';

/** Starts the ledger on loopback. */
export async function openLedger(): Promise<Ledger> {
  const calls: Call[] = [];
  const counts = new Map<string, number>();
  const refusals = new Map<string, number>();
  let manner: ((call: Call) => Manner) | null = null;

  async function effect(call: Call, response: ServerResponse): Promise<void> {
    calls.push(call);
    counts.set(call.key, (counts.get(call.key) ?? 0) + 1);
    const { delayMs = 0, status = 200, drop = false } = manner?.(call) ?? {};
    if (delayMs > 0) await sleep(delayMs);
    if (drop) response.destroy();
    else answer(response, status, '{"done": true}');
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for await (const chunk of request) void chunk;
    const { method = 'GET', url = '/' } = request;
    const key = String(request.headers['idempotency-key'] ?? '');
    const [, kind, times] = url.split('/');
    if (kind === 'effect') return await effect({ key, method, path: url }, response);
    if (kind === 'flaky') {
      const refused = refusals.get(key) ?? 0;
      refusals.set(key, refused + 1);
      if (refused < Number(times)) return answer(response, 500, '"not now"');
      return await effect({ key, method, path: url }, response);
    }
    if (kind === 'refuse') return answer(response, 400, '"no"');
    if (kind === 'big') return answer(response, 200, big, 'text/plain');
    answer(response, 200, kind === 'odd' ? odd : '{"n": 1}');
  }

  const server = createServer((request, response) => {
    // A client that is killed in the middle of its request is what this is about.
    take(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    countOf: (key) => counts.get(key) ?? 0,
    behave(next) {
      manner = next;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(response: ServerResponse, status: number, body: string, type = 'application/json'): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
