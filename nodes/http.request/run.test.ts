import { describe, expect, test } from 'vitest';
import { toNodeError } from '#nodes/core/errors.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { currentConfig } from '#nodes/core/node-versions.ts';
import { templateProblem } from '#nodes/core/templates.ts';
import { createWorld } from '#nodes/testing/capabilities.ts';
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
  const headers = [{ name: 'Content-Type', value: 'application/vnd.shop+json' }];
  const { world } = await request({ method: 'POST', headers }, { status: 201 }, { a: 1 });
  expect(world.calls).toMatchObject([{ args: [{ headers: { 'Content-Type': 'application/vnd.shop+json' } }] }]);
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
    expect(declaration.check?.(declaration.config.parse({ headers: [{ name, value: 'x' }] }))).toMatchObject([
      { field: 'headers[0].name' },
    ]);
  },
);

test.each([
  { name: 'X-A', value: 'a\r\nX-B: b' },
  { name: 'X-A\nX-B', value: 'a' },
])('the header %j cannot smuggle another one', (header) => {
  expect(declaration.config.safeParse({ headers: [header] }).success).toBe(false);
});

test('headers of one name are sent as one', async () => {
  const headers = [
    { name: 'Accept-Language', value: 'de' },
    { name: 'x-a', value: '1' },
    { name: 'accept-language', value: 'en' },
  ];
  const { world } = await request({ headers }, {});
  expect(world.calls).toMatchObject([{ args: [{ headers: { 'Accept-Language': 'de, en', 'x-a': '1' } }] }]);
});

describe('a configuration of version 1', () => {
  const old = { method: 'POST', headers: { accept: 'text/plain' }, undo: { url, headers: { 'x-a': '1' } } };

  test('has its headers as rows in version 2, and means the same', () => {
    expect(currentConfig(declaration, { version: 1, config: old })).toEqual({
      method: 'POST',
      headers: [{ name: 'accept', value: 'text/plain' }],
      undo: { url, headers: [{ name: 'x-a', value: '1' }] },
    });
  });

  test('without headers, or with what are none, stays as it is', () => {
    const strange: JsonObject[] = [{}, { undo: null }, { undo: { url } }, { headers: 'x', undo: { headers: [] } }];
    for (const config of strange) expect(currentConfig(declaration, { version: 1, config })).toEqual(config);
  });
});

describe('taking it back', () => {
  const declared = { method: 'DELETE', url: '{{ inputs.url }}/{{ output.body.id }}' };
  const undo = async (undo: JsonObject, output: JsonObject, pages: Record<string, JsonObject>) => {
    const world = createWorld({ pages });
    const config = declaration.config.parse({ method: 'POST', undo });
    const done = { key: '1', outcome: 'ok', output: { status: 201, headers: {}, ...output }, receipts: [] };
    const args = { config, inputs: { url, body: { eur: 1 } } };
    const answer = run.compensate(world.context({ idempotencyKey: '1!undo' }), args, done);
    return { world, answer: await answer.catch((error: unknown) => toNodeError(error)) };
  };

  test('is there where a request is declared that does it', () => {
    const of = (config: JsonObject) => declaration.compensation?.(declaration.config.parse(config));
    expect(of({ method: 'POST' })).toBeNull();
    expect(of({ method: 'GET', undo: declared })).toBeNull();
    expect(of({ method: 'POST', undo: declared })).toEqual({ title: `Call DELETE ${declared.url}`, reverts: true });
  });

  test('calls it with what the step was given and gave', async () => {
    const { world, answer } = await undo(declared, { body: { id: 'a/7' } }, { [`DELETE ${url}/a%2F7`]: {} });
    expect(answer).toEqual({
      kind: 'reverted',
      summary: `DELETE ${url}/a%2F7 took it back.`,
      details: { status: 200 },
    });
    expect(world.calls).toHaveLength(1);
  });

  test.each([
    ['{"rate": {{ json(inputs.body) }}}', '{"rate": {"eur":1}}', { 'content-type': 'application/json' }],
    ['plain {{ output.status }}', 'plain 201', {}],
  ])('sends the body %s', async (body, sent, headers) => {
    const { world } = await undo({ method: 'POST', url, body }, {}, { [`POST ${url}`]: {} });
    expect(world.calls).toMatchObject([{ args: [{ method: 'POST', body: sent, headers }] }]);
  });

  test('what is gone already is taken back; another refusal fails with the status', async () => {
    const gone = await undo(declared, { body: { id: 7 } }, { [`DELETE ${url}/7`]: { status: 404 } });
    expect(gone.answer).toMatchObject({ kind: 'reverted', summary: expect.stringContaining('not there any more') });
    const refused = await undo(
      declared,
      { body: { id: 7 } },
      { [`DELETE ${url}/7`]: { status: 409, body: 'shipped' } },
    );
    expect(refused.answer).toMatchObject({ code: 'UNDO_FAILED', happened: 'no' });
    const broken = await undo(
      { ...declared, method: 'PUT' },
      { body: { id: 7 } },
      { [`PUT ${url}/7`]: { status: 500 } },
    );
    expect(broken.answer).toMatchObject({ code: 'UNDO_FAILED', happened: 'unknown' });
  });

  test('a request that was refused needs no undoing', async () => {
    const { world, answer } = await undo(declared, { status: 422, body: null }, {});
    expect(answer).toMatchObject({ kind: 'reverted', summary: expect.stringContaining('nothing to take back') });
    expect(world.calls).toEqual([]);
  });

  test.each([null, '', '..', '.'])('never calls an address that the value %j would widen', async (id) => {
    const { world, answer } = await undo(declared, { body: { id } }, {});
    expect(answer).toMatchObject({ code: 'EXPRESSION_FAILED', happened: 'no' });
    expect(world.calls).toEqual([]);
  });

  test('without a declared request it fails', async () => {
    const args = { config: declaration.config.parse({ method: 'POST' }), inputs: { url } };
    const done = { key: '1', outcome: 'ok', output: { status: 200 }, receipts: [] };
    await expect(run.compensate(createWorld().context(), args, done)).rejects.toMatchObject({ code: 'UNDO_FAILED' });
  });
});

test('where to look whether it happened is told with the request, with its key', async () => {
  const lookUp = { url: 'https://api.example.test/by-key?key={{ key }}' };
  const { world } = await request({ method: 'POST', lookUp }, { status: 201 }, {});
  expect(world.calls).toMatchObject([{ args: [{ lookUp: 'https://api.example.test/by-key?key=run1%3Astep1%3A' }] }]);
});

test.each<[JsonObject, string, string]>([
  [{ undo: { url: '' } }, 'undo.url', 'No address is given'],
  [{ undo: { url: '{{ output.bdy }}' } }, 'undo.url', 'bdy'],
  [{ undo: { url, body: '{{ nodes.x }}' } }, 'undo.body', 'nodes'],
  [{ undo: { url, body: '{{ open' } }, 'undo.body', 'not closed'],
  [{ undo: { url, headers: [{ name: 'Authorization', value: 'x' }] } }, 'undo.headers[0].name', 'secrets'],
  [{ lookUp: { url: '' } }, 'lookUp.url', 'No address is given'],
  [{ lookUp: { url: '{{ output.body }}' } }, 'lookUp.url', 'output'],
  [{ method: 'GET', undo: { url } }, 'undo', 'changes nothing'],
  [{ method: 'GET', lookUp: { url } }, 'lookUp', 'changes nothing'],
])('the configuration %j is refused at %s', (config, field, message) => {
  const problems = declaration.check?.(declaration.config.parse({ method: 'POST', ...config }), { templateProblem });
  expect(problems).toEqual([{ field, message: expect.stringContaining(message) }]);
});
