import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '#server/testing/database.ts';
import { type TestRun, testRun } from '#server/testing/step-scope.ts';
import { createHttpCapability } from './create-http.ts';

let database: TestDatabase;
let run: TestRun;
let server: Server;
let host = '';
let orders: string[] = [];

const takeOrder: RequestListener = (request, response) => {
  if (request.method === 'GET') {
    response.writeHead(Number(request.url?.slice(1))).end('order as looked up');
    return;
  }
  orders.push(String(request.headers['idempotency-key']));
  if (request.url === '/cut') response.destroy();
  else if (request.url === '/500' && orders.length === 1) response.writeHead(500).end('not now');
  else if (request.url === '/400') response.writeHead(400).end('no');
  else response.writeHead(201).end(`order ${orders.length}`);
};

beforeAll(async () => {
  database = await testDatabase();
  run = await testRun(database.pool);
  server = createServer(takeOrder);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await database.close();
});

type Made = { path: string; attempt: number; at: string; method?: 'POST' | 'PUT'; lookUp?: string };

const post = (path: string, attempt: number, at: string, lookUp?: string) =>
  make({ path, attempt, at, ...(lookUp ? { lookUp } : {}) });

async function make({ path, attempt, at, method = 'POST', lookUp }: Made) {
  const { scope } = await run.attempt({ path, attempt, settings: { allowedHosts: [host] } });
  return await createHttpCapability(scope).request({
    method,
    url: `http://${host}${at}`,
    body: '{}',
    timeoutMs: 2_000,
    maxBytes: 1_000,
    ...(lookUp ? { lookUp: `http://${host}${lookUp}` } : {}),
  });
}

describe('a request that changes something', () => {
  it('is made once: a later attempt gets the answer of the first', async () => {
    orders = [];
    const first = await post('a', 1, '/');
    expect(await post('a', 2, '/')).toEqual(first);
    expect(first).toMatchObject({ status: 201, body: 'order 1' });
    expect(orders).toEqual([`${run.runId}:step:a`]);
  });

  it('is not made again where nobody knows whether it arrived', async () => {
    orders = [];
    await expect(post('b', 1, '/cut')).rejects.toMatchObject({ code: 'EFFECT_UNKNOWN' });
    await expect(post('b', 2, '/cut')).rejects.toMatchObject({ code: 'EFFECT_UNKNOWN' });
    expect(orders).toHaveLength(1);
  });

  it('is looked up instead where the provider can tell: what happened is not repeated', async () => {
    orders = [];
    await expect(post('c', 1, '/cut', '/200')).rejects.toMatchObject({ code: 'EFFECT_UNKNOWN' });
    expect(await post('c', 2, '/cut', '/200')).toMatchObject({ status: 200, body: 'order as looked up' });
    expect(await post('c', 3, '/cut', '/404')).toMatchObject({ status: 200, body: 'order as looked up' });
    expect(orders).toHaveLength(1);
  });

  it('is made, with the same key, where the look-up says that it did not happen', async () => {
    orders = [];
    await expect(post('d', 1, '/cut', '/404')).rejects.toMatchObject({ code: 'EFFECT_UNKNOWN' });
    expect(await post('d', 2, '/', '/404')).toMatchObject({ status: 201 });
    expect(orders).toEqual(Array(2).fill(`${run.runId}:step:d`));
  });

  it('is asked about where the look-up tells nothing', async () => {
    orders = [];
    await expect(post('e', 1, '/cut', '/503')).rejects.toMatchObject({ code: 'EFFECT_UNKNOWN' });
    await expect(post('e', 2, '/cut', '/503')).rejects.toMatchObject({ code: 'EFFECT_UNKNOWN' });
    expect(orders).toHaveLength(1);
  });

  it('is made again after a failure of the server where that does no harm, and where it was refused', async () => {
    orders = [];
    expect(await make({ path: 'g', attempt: 1, at: '/500', method: 'PUT' })).toMatchObject({ status: 500 });
    expect(await make({ path: 'g', attempt: 2, at: '/500', method: 'PUT' })).toMatchObject({ status: 201 });
    expect(await post('h', 1, '/400')).toMatchObject({ status: 400 });
    expect(await post('h', 2, '/')).toMatchObject({ status: 201 });
    expect(orders).toEqual(['g', 'g', 'h', 'h'].map((path) => `${run.runId}:step:${path}`));
  });

  it('is not made by a worker that lost the step while it looked', async () => {
    orders = [];
    await expect(post('f', 1, '/cut', '/404')).rejects.toMatchObject({ code: 'EFFECT_UNKNOWN' });
    const late = (await run.attempt({ path: 'f', attempt: 2, settings: { allowedHosts: [host] } })).scope;
    const looking = late.effects.perform(
      {
        kind: 'http',
        intent: {},
        unsafe: true,
        lookUp: async () => {
          await run.attempt({ path: 'f', attempt: 3 });
          return { kind: 'not-happened' };
        },
      },
      async () => 'acted',
    );
    await expect(looking).rejects.toMatchObject({ code: 'CANCELLED', happened: 'no' });
    expect(orders).toHaveLength(1);
  });
});
