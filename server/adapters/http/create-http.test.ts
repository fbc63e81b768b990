import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { HttpRequest } from '#nodes/core/capabilities.ts';
import { NodeError } from '#nodes/core/errors.ts';
import type { Json } from '#nodes/core/json.ts';
import type { AnnouncedEffect, StepScope } from '../step-scope.ts';
import { createHttpCapability } from './create-http.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

type Got = { method: string; url: string; headers: IncomingMessage['headers']; body: string };

/** A server on loopback, as `host:port`, with what it got. */
async function serve(handle: (got: Got, response: ServerResponse) => void): Promise<{ host: string; got: Got[] }> {
  const got: Got[] = [];
  const listener: RequestListener = (request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      got.push({ method, url, headers, body });
      handle({ method, url, headers, body }, response);
    });
  };
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, got };
}

function http(allowedHosts: string[], signal = new AbortController().signal) {
  const effects: AnnouncedEffect[] = [];
  const scope = {
    key: '1:call:',
    signal,
    settings: { allowedHosts },
    effects: {
      perform: <R extends Json>(effect: AnnouncedEffect, act: (key: string) => Promise<R>) => {
        const number = effects.push(effect) - 1;
        return act(number === 0 ? '1:call:' : `1:call::${number}`);
      },
    },
  } as unknown as StepScope;
  const capability = createHttpCapability(scope);
  const request = (asked: Partial<HttpRequest> & { url: string }) =>
    capability.request({ method: 'GET', timeoutMs: 2_000, maxBytes: 10_000, ...asked });
  return { request, effects };
}

async function failure(asking: Promise<unknown>): Promise<NodeError> {
  const thrown: unknown = await asking.then(
    () => null,
    (error: unknown) => error,
  );
  if (thrown instanceof NodeError) return thrown;
  throw new Error(`It did not fail with a code: ${String(thrown)}`);
}

describe('a request', () => {
  it('answers status, headers and text of a host that the operator allowed', async () => {
    const { host, got } = await serve((_got, response) => response.writeHead(201, { 'x-a': 'b' }).end('Grüße'));
    const answer = await http([host]).request({ url: `http://${host}/a?b=c`, headers: { Accept: 'text/plain' } });
    expect(answer).toMatchObject({ status: 201, body: 'Grüße', url: `http://${host}/a?b=c` });
    expect(answer.headers['x-a']).toBe('b');
    expect(got[0]).toMatchObject({ method: 'GET', url: '/a?b=c' });
    expect(got[0]?.headers).toMatchObject({ accept: 'text/plain', host });
  });

  it('never reaches a host on this machine that the operator did not allow', async () => {
    const { host, got } = await serve((_got, response) => response.end('secret'));
    const error = await failure(http([]).request({ url: `http://${host}/` }));
    expect(error).toMatchObject({ code: 'HTTP_BLOCKED', happened: 'no' });
    expect(got).toHaveLength(0);
  });

  it('reads the charset that the answer names', async () => {
    const { host } = await serve((_got, response) => {
      response.writeHead(200, { 'content-type': 'text/plain; charset=iso-8859-1' }).end(Buffer.from([0xe4]));
    });
    expect((await http([host]).request({ url: `http://${host}/` })).body).toBe('ä');
  });

  it('is an effect with the key of the step where it may change something', async () => {
    const { host, got } = await serve((_got, response) => response.end('{}'));
    const { request, effects } = http([host]);
    await request({ method: 'POST', url: `http://${host}/`, body: '{"a":1}' });
    await request({ method: 'PUT', url: `http://${host}/`, body: '' });
    await request({ url: `http://${host}/` });
    expect(effects.map(({ kind, unsafe }) => [kind, unsafe])).toEqual([
      ['http', true],
      ['http', false],
    ]);
    expect(got.map(({ headers }) => headers['idempotency-key'])).toEqual(['1:call:', '1:call::1', undefined]);
    expect(got[0]?.body).toBe('{"a":1}');
  });

  it('has the key of the step, whatever a header of the same name says', async () => {
    const { host, got } = await serve((_got, response) => response.end());
    await http([host]).request({ method: 'PATCH', url: `http://${host}/`, headers: { 'Idempotency-Key': 'mine' } });
    expect(got[0]?.headers['idempotency-key']).toBe('1:call:');
  });

  it.each([
    [200, { kind: 'happened', receipt: { status: 200, body: '{"id":7}' } }],
    [404, { kind: 'not-happened' }],
    [500, { kind: 'unknown' }],
    [302, { kind: 'unknown' }],
  ] as const)('can be looked up: an answer with status %i says so', async (status, told) => {
    const { host, got } = await serve((_got, response) => response.writeHead(status).end('{"id":7}'));
    const { request, effects } = http([host]);
    const lookUp = `http://${host}/orders?key=1`;
    await request({ method: 'POST', url: `http://${host}/`, lookUp });
    expect(await effects[0]?.lookUp?.('1:call:')).toMatchObject(told);
    expect(got.at(-1)).toMatchObject({ method: 'GET', url: '/orders?key=1' });
  });

  it('is left open where the look-up gets no answer, and a cancelled step looks nowhere', async () => {
    const { host } = await serve((_got, response) => response.end());
    const abort = new AbortController();
    const { request, effects } = http([host], abort.signal);
    await request({ method: 'POST', url: `http://${host}/`, lookUp: 'http://127.0.0.1:9/' });
    expect(await effects[0]?.lookUp?.('1:call:')).toEqual({ kind: 'unknown' });
    abort.abort();
    await expect(effects[0]?.lookUp?.('1:call:')).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it.each(['Host', 'Content-Length', 'Transfer-Encoding', 'Connection', 'Proxy-Authorization'])(
    'refuses the header %s',
    async (name) => {
      const error = await failure(http([]).request({ url: 'http://127.0.0.1/', headers: { [name]: 'x' } }));
      expect(error).toMatchObject({ code: 'INPUT_INVALID', happened: 'no' });
      expect(error.message).toContain(name);
    },
  );

  it('refuses headers that would add a second request', async () => {
    const split = { 'X-A': 'b\r\n\r\nGET /admin HTTP/1.1' };
    expect((await failure(http([]).request({ url: 'http://127.0.0.1/', headers: split }))).code).toBe('INPUT_INVALID');
    expect((await failure(http([]).request({ url: 'http://127.0.0.1/', headers: { 'X A': 'b' } }))).code).toBe(
      'INPUT_INVALID',
    );
  });
});

describe('a redirect', () => {
  it('is followed, each address checked: one to a host that is not allowed is refused', async () => {
    const inner = await serve((_got, response) => response.end('secret'));
    const outer = await serve((_got, response) => response.writeHead(302, { location: `http://${inner.host}/` }).end());
    const error = await failure(http([outer.host]).request({ url: `http://${outer.host}/` }));
    expect(error.code).toBe('HTTP_BLOCKED');
    expect(error.message).toContain('Redirected');
    expect(inner.got).toHaveLength(0);
    const answer = await http([outer.host, inner.host]).request({ url: `http://${outer.host}/` });
    expect(answer).toMatchObject({ body: 'secret', url: `http://${inner.host}/` });
  });

  it('does not hand secrets to another origin', async () => {
    const other = await serve((_got, response) => response.end('ok'));
    const first = await serve(({ url }, response) =>
      response.writeHead(307, { location: url === '/' ? '/again' : `http://${other.host}/` }).end(),
    );
    const headers = { Authorization: 'Bearer s', Cookie: 'a=b', 'X-Api-Key': 's', Accept: 'text/plain' };
    await http([first.host, other.host]).request({ url: `http://${first.host}/`, headers });
    expect(first.got[1]?.headers).toMatchObject({ authorization: 'Bearer s', 'x-api-key': 's' });
    expect(other.got[0]?.headers).not.toHaveProperty('authorization');
    expect(other.got[0]?.headers).not.toHaveProperty('cookie');
    expect(other.got[0]?.headers).not.toHaveProperty('x-api-key');
    expect(other.got[0]?.headers.accept).toBe('text/plain');
  });

  it.each([
    [301, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', 'data'],
    [308, 'POST', 'data'],
  ])('with status %i turns a POST into a %s', async (status, method, body) => {
    const { host, got } = await serve(({ url }, response) =>
      url === '/' ? response.writeHead(status, { location: '/next' }).end() : response.end(),
    );
    await http([host]).request({ method: 'POST', url: `http://${host}/`, body: 'data' });
    expect(got[1]).toMatchObject({ method, body, url: '/next' });
  });

  it('is followed five times and no more', async () => {
    const { host, got } = await serve((_got, response) =>
      response.writeHead(302, { location: '/' }).end('x'.repeat(300_000)),
    );
    expect((await failure(http([host]).request({ url: `http://${host}/` }))).code).toBe('HTTP_BLOCKED');
    expect(got).toHaveLength(6);
  });
});

describe('a large answer', () => {
  it('is stopped at the limit', async () => {
    const { host } = await serve((_got, response) => response.end('x'.repeat(200_000)));
    const error = await failure(http([host]).request({ url: `http://${host}/`, maxBytes: 1_000 }));
    expect(error.code).toBe('TOO_LARGE');
  });

  it('is stopped at the limit although it is small before it is decompressed', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const { host } = await serve((_got, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    const error = await failure(http([host]).request({ url: `http://${host}/`, maxBytes: 100_000 }));
    expect(error.code).toBe('TOO_LARGE');
  });

  it('is read where it fits, decompressed', async () => {
    const { host, got } = await serve((_got, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('hello')),
    );
    expect((await http([host]).request({ url: `http://${host}/` })).body).toBe('hello');
    expect(got[0]?.headers['accept-encoding']).toContain('gzip');
  });

  it('in an encoding within another is not read', async () => {
    const { host } = await serve((_got, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip, gzip' }).end(gzipSync(gzipSync('x'))),
    );
    expect((await failure(http([host]).request({ url: `http://${host}/` }))).code).toBe('HTTP_UNAVAILABLE');
  });
});

describe('a request that fails', () => {
  it('before it was sent certainly changed nothing', async () => {
    const { host } = await serve(() => undefined);
    const [server] = servers.splice(0);
    server?.close();
    const error = await failure(http([host]).request({ method: 'POST', url: `http://${host}/` }));
    expect(error).toMatchObject({ code: 'HTTP_UNAVAILABLE', happened: 'no' });
  });

  it('after it was sent may have changed something', async () => {
    const { host } = await serve((_got, response) => void response.destroy());
    const error = await failure(http([host]).request({ method: 'POST', url: `http://${host}/` }));
    expect(error).toMatchObject({ code: 'HTTP_UNAVAILABLE', happened: 'unknown' });
  });

  it('because nobody answers is a timeout', async () => {
    const { host } = await serve(() => undefined);
    const error = await failure(http([host]).request({ method: 'POST', url: `http://${host}/`, timeoutMs: 100 }));
    expect(error).toMatchObject({ code: 'HTTP_TIMEOUT', happened: 'unknown' });
  });

  it('because the answer never ends is a timeout', async () => {
    const { host } = await serve((_got, response) => void response.writeHead(200).write('x'));
    expect((await failure(http([host]).request({ url: `http://${host}/`, timeoutMs: 100 }))).code).toBe('HTTP_TIMEOUT');
  });

  it('because the step was cancelled is a cancellation', async () => {
    const { host } = await serve(() => undefined);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);
    expect((await failure(http([host], abort.signal).request({ url: `http://${host}/` }))).code).toBe('CANCELLED');
  });

  it('does not show the query of its address', async () => {
    const { host } = await serve((_got, response) => void response.destroy());
    const error = await failure(http([host]).request({ url: `http://${host}/?token=secret` }));
    expect(error.message).not.toContain('secret');
  });
});
