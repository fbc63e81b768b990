import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { exchange } from './exchange.ts';

it('connects to the address that was checked, whatever the name would resolve to by now', async () => {
  const server = createServer((request, response) => response.end(request.headers.host));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const answer = await exchange({
    method: 'GET',
    url: new URL(`http://no-such-host.invalid:${port}/`),
    headers: {},
    body: undefined,
    maxBytes: 1_000,
    addresses: [{ address: '127.0.0.1', family: 4 }],
    signal: AbortSignal.timeout(2_000),
  });
  server.close();
  await once(server, 'close');
  expect(answer.body).toBe(`no-such-host.invalid:${port}`);
});
