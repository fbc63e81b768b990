import { expect, test } from 'vitest';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { tryCase } from '#nodes/testing/try-case.ts';
import declaration from './index.ts';
import run from './run.ts';

const url = 'https://api.example.test/rates';
const request = (config: JsonObject, page: JsonObject, body?: Json) =>
  tryCase(
    { declaration, run },
    {
      title: '',
      config,
      inputs: { url, ...(body === undefined ? {} : { body }) },
      world: { pages: { [`${config.method ?? 'GET'} ${url}`]: page } },
      ends: { outcome: 'ok' },
    },
  );

test('only GET and HEAD are reads; every other method may do harm when repeated', () => {
  const effect = (method: string) => {
    const config = declaration.config.parse({ method });
    return typeof declaration.effect === 'function' ? declaration.effect(config) : declaration.effect;
  };
  expect(['GET', 'HEAD'].map(effect)).toEqual(['read', 'read']);
  expect(['POST', 'PUT', 'PATCH', 'DELETE'].map(effect)).toEqual(Array(4).fill('unsafe-write'));
});

test('a reading request has no body', () => {
  expect(Object.keys(declaration.inputs(declaration.config.parse({ method: 'GET' })))).toEqual(['url']);
  expect(Object.keys(declaration.inputs(declaration.config.parse({ method: 'POST' })))).toEqual(['url', 'body']);
});

test.each<[Json, string, JsonObject]>([
  [{ eur: 1.2 }, '{"eur":1.2}', { 'content-type': 'application/json' }],
  ['as it is', 'as it is', {}],
])('the body %j is sent as %s', async (body, sent, headers) => {
  const { world } = await request({ method: 'POST' }, { status: 201 }, body);
  expect(world.calls).toMatchObject([{ args: [{ method: 'POST', body: sent, headers }] }]);
});

test('a content type that is configured is kept', async () => {
  const headers = { 'Content-Type': 'application/vnd.shop+json' };
  const { world } = await request({ method: 'POST', headers }, { status: 201 }, { a: 1 });
  expect(world.calls).toMatchObject([{ args: [{ headers }] }]);
});

test.each([
  [404, 'no'],
  [503, 'unknown'],
])('status %i fails; that it may have had an effect: %s', async (status, happened) => {
  const { failure } = await request({ method: 'POST' }, { status, body: 'sorry' }, {});
  expect(failure).toMatchObject({ code: 'HTTP_STATUS', happened, details: { status } });
  expect(failure?.message).toBe(`${url} answered with status ${status}: sorry`);
});

test('an error page is given as text where failing is switched off', async () => {
  const { result } = await request({ failOnStatus: false }, { status: 500, body: '<h1>sorry</h1>' });
  expect(result).toMatchObject({ output: { status: 500, body: '<h1>sorry</h1>' } });
});

test('an empty answer is null', async () => {
  expect((await request({}, { status: 204, body: '' })).result).toMatchObject({ output: { status: 204, body: null } });
});

test.each(['ftp://example.test/', 'example.test', 'javascript:alert(1)', 'https://user:secret@example.test/'])(
  'the address %s is refused',
  async (bad) => {
    const { failure, world } = await tryCase(
      { declaration, run },
      { title: '', inputs: { url: bad }, ends: { code: 'INPUT_INVALID' } },
    );
    expect(failure).toMatchObject({ code: 'INPUT_INVALID', message: expect.stringMatching(/^url /) });
    expect(failure?.message).not.toContain('secret@');
    expect(world.calls).toEqual([]);
  },
);

test.each(['Authorization', 'cookie', 'X-Api-Key', 'Host', 'Content-Length'])(
  'the header %s may not be configured',
  (name) => {
    expect(declaration.check?.(declaration.config.parse({ headers: { [name]: 'x' } }))).toMatchObject([
      { field: `headers.${name}` },
    ]);
  },
);

test.each([{ 'X-A': 'a\r\nX-B: b' }, { 'X-A\nX-B': 'a' }])('the header %j cannot smuggle another one', (headers) => {
  expect(declaration.config.safeParse({ headers }).success).toBe(false);
});
