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
  orders.push(String(request.headers['idempotency-key']));
  if (request.url === '/cut') response.destroy();
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

async function post(path: string, attempt: number, at: string) {
  const { scope } = await run.attempt({ path, attempt, settings: { allowedHosts: [host] } });
  return await createHttpCapability(scope).request({
    method: 'POST',
    url: `http://${host}${at}`,
    body: '{}',
    timeoutMs: 2_000,
    maxBytes: 1_000,
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
});
