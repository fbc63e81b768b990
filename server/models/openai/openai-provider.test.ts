import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelRequest } from '#nodes/core/capabilities.ts';
import { NodeError } from '#nodes/core/errors.ts';
import { type ModelServer, modelServer } from '#server/testing/model-server.ts';
import type { ProviderRequest } from '../provider.ts';
import { openAiProvider } from './openai-provider.ts';

let server: ModelServer;
beforeEach(async () => {
  server = await modelServer();
});
afterEach(async () => await server.close());

const schema = { type: 'object', properties: { subject: { type: 'string' } }, required: ['subject'] };

function ask(request: Partial<ModelRequest> = {}, options: { idleMs?: number; signal?: AbortSignal } = {}) {
  const { idleMs = 2_000, signal = new AbortController().signal } = options;
  const provider = openAiProvider({ apiKey: 'sk-test', baseUrl: server.url, defaultModel: 'gpt-4.1-mini', idleMs });
  const asked: ProviderRequest = {
    messages: [{ role: 'user', content: 'Hello' }],
    ...request,
    model: 'gpt-4.1-mini',
    signal,
  };
  return provider.generate(asked);
}

async function failure(asking: Promise<unknown>): Promise<NodeError> {
  const thrown: unknown = await asking.then(
    () => null,
    (error: unknown) => error,
  );
  if (thrown instanceof NodeError) return thrown;
  throw new Error(`It did not fail with a code: ${String(thrown)}`);
}

describe('an answer', () => {
  it('streams in pieces and tells the usage that the server reports', async () => {
    server.script({ kind: 'text', text: 'Good morning, Maria Anders!', usage: { input: 11, output: 7 } });
    const pieces: string[] = [];
    const reply = await ask({ onText: (piece) => pieces.push(piece) });
    expect(reply).toMatchObject({
      text: 'Good morning, Maria Anders!',
      inputTokens: 11,
      outputTokens: 7,
      counted: false,
    });
    expect(reply.failure).toBeNull();
    expect(reply.responseId).toBe('chatcmpl-test');
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('')).toBe(reply.text);
    expect(server.calls[0]?.authorization).toBe('Bearer sk-test');
  });

  it('has its tokens counted, and says so, where the server reports none', async () => {
    server.script({ kind: 'text', text: 'Good morning', usage: null });
    const reply = await ask();
    expect(reply.counted).toBe(true);
    expect(reply.inputTokens).toBeGreaterThan(3);
    expect(reply.outputTokens).toBe(2);
  });

  it('is asked for with the schema, the temperature and the limit', async () => {
    const reply = await ask({ schema, temperature: 0.2, maxOutputTokens: 50 });
    expect(JSON.parse(reply.text)).toHaveProperty('subject');
    expect(server.calls[0]?.body).toMatchObject({
      temperature: 0.2,
      max_tokens: 50,
      response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: false, schema } },
    });
  });
});

describe('tools', () => {
  const tools = [{ name: 'look_up', description: 'Finds a customer', parameters: { type: 'object' } }];

  it('are offered, and what the model asks for comes whole', async () => {
    server.script({
      kind: 'tools',
      text: 'I look them up.',
      calls: [
        { id: 'a', name: 'look_up', arguments: '{"name": "Maria Anders"}' },
        { id: 'b', name: 'look_up', arguments: '{}' },
      ],
    });
    const reply = await ask({ tools });
    expect(reply).toMatchObject({ text: 'I look them up.', failure: null, inputTokens: 100 });
    expect(reply.toolCalls).toEqual([
      { id: 'a', name: 'look_up', arguments: '{"name": "Maria Anders"}' },
      { id: 'b', name: 'look_up', arguments: '{}' },
    ]);
    expect(server.calls[0]?.body.tools).toEqual([
      {
        type: 'function',
        function: { name: 'look_up', description: 'Finds a customer', parameters: { type: 'object' } },
      },
    ]);
  });

  it('come back as what was asked for and what came of it', async () => {
    await ask({
      tools,
      messages: [
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: '', toolCalls: [{ id: 'a', name: 'look_up', arguments: '{}' }] },
        { role: 'tool', content: 'nobody', toolCallId: 'a' },
      ],
    });
    expect(server.calls[0]?.body.messages).toEqual([
      { role: 'user', content: 'Hello' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'a', type: 'function', function: { name: 'look_up', arguments: '{}' } }],
      },
      { role: 'tool', content: 'nobody', tool_call_id: 'a' },
    ]);
  });
});

describe('vectors', () => {
  const embed = (texts: string[]) =>
    openAiProvider({ apiKey: 'k', baseUrl: server.url, defaultModel: 'm' }).embed({
      texts,
      model: 'text-embedding-3-small',
      signal: new AbortController().signal,
    });

  it('come in the order of the texts, whatever the order of the answer', async () => {
    const reply = await embed(['a', 'bbb']);
    expect(reply).toEqual({
      vectors: [
        [1, 0.5, -0.25],
        [3, 0.5, -0.25],
      ],
      model: 'text-embedding-3-small',
      inputTokens: 16,
      counted: false,
    });
  });

  it('fail as answers do', async () => {
    server.script({ kind: 'status', status: 429, error: { message: 'slow' }, headers: { 'retry-after': '3' } });
    expect(await failure(embed(['a']))).toMatchObject({ code: 'MODEL_RATE_LIMITED', retryAfterMs: 3_000 });
  });
});

describe('a server that knows less of the protocol', () => {
  const refuse = (message: string, param: string) =>
    ({ kind: 'status', status: 400, error: { message, param, type: 'invalid_request_error' } }) as const;

  it('gets the schema in the prompt where it refuses response_format', async () => {
    server.script(
      refuse("'response_format.type' must be 'json_object' or 'text'", 'response_format'),
      refuse('response_format is not supported', 'response_format'),
      { kind: 'text', text: '{"subject":"Hi"}' },
    );
    expect((await ask({ schema })).text).toBe('{"subject":"Hi"}');
    expect(server.calls.map(({ body }) => (body.response_format as { type?: string } | undefined)?.type)).toEqual([
      'json_schema',
      'json_object',
      undefined,
    ]);
    expect(JSON.stringify(server.calls[2]?.body.messages)).toContain('JSON Schema');
  });

  it('is asked without what it refuses, and the next time at once', async () => {
    server.script(
      refuse("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", 'max_tokens'),
      refuse("Unsupported value: 'temperature' does not support 0.2 with this model.", 'temperature'),
    );
    const provider = openAiProvider({ apiKey: undefined, baseUrl: server.url, defaultModel: 'm' });
    const request: ProviderRequest = {
      messages: [{ role: 'user', content: 'x' }],
      model: 'm',
      temperature: 0.2,
      maxOutputTokens: 9,
      signal: new AbortController().signal,
    };
    await provider.generate(request);
    await provider.generate(request);
    expect(server.calls).toHaveLength(4);
    expect(server.calls[3]?.body).toMatchObject({ max_completion_tokens: 9 });
    expect(server.calls[3]?.body).not.toHaveProperty('temperature');
    expect(server.calls[3]?.body).not.toHaveProperty('max_tokens');
  });
});

describe('a failure', () => {
  const status = (code: number, error: Record<string, string> = { message: 'no' }, headers = {}) =>
    ({ kind: 'status', status: code, error, headers }) as const;

  it.each([
    [401, 'MODEL_REJECTED', /OPENAI_API_KEY/],
    [403, 'MODEL_REJECTED', /may not use/],
    [404, 'MODEL_REJECTED', /OPENAI_BASE_URL/],
    [400, 'MODEL_REJECTED', /refused the request/],
    [500, 'MODEL_UNAVAILABLE', /failed/],
    [503, 'MODEL_UNAVAILABLE', /failed/],
    [504, 'MODEL_TIMEOUT', /in time/],
  ])('with status %i is %s', async (code, expected, text) => {
    server.script(status(code));
    const error = await failure(ask());
    expect(error.code).toBe(expected);
    expect(error.message).toMatch(text);
    expect(server.calls).toHaveLength(1);
  });

  it('with status 429 waits as long as the server asks, in seconds or until a date', async () => {
    server.script(status(429, { message: 'slow' }, { 'retry-after': '7' }));
    expect(await failure(ask())).toMatchObject({ code: 'MODEL_RATE_LIMITED', retryAfterMs: 7_000, happened: 'no' });
    server.script(status(429, { message: 'slow' }, { 'retry-after': new Date(Date.now() + 60_000).toUTCString() }));
    const { retryAfterMs = 0 } = await failure(ask());
    expect(retryAfterMs).toBeGreaterThan(55_000);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  it('does not repeat the key that a server repeats', async () => {
    server.script(status(400, { message: 'The key sk-test is not made for this.' }));
    const error = await failure(ask());
    expect(error.message).toContain('The key [key] is not made for this');
    expect(`${error.message} ${(error.cause as Error).message}`).not.toContain('sk-test');
  });

  it('for want of credit is final', async () => {
    server.script(status(429, { message: 'quota', code: 'insufficient_quota' }));
    expect((await failure(ask())).code).toBe('MODEL_REJECTED');
  });

  it('of a server that is not there can be tried again', async () => {
    await server.close();
    const error = await failure(ask());
    expect(error.code).toBe('MODEL_UNAVAILABLE');
    server = await modelServer();
  });

  it('of a server that says nothing is a timeout', async () => {
    server.script({ kind: 'silent' });
    expect((await failure(ask({}, { idleMs: 80 }))).code).toBe('MODEL_TIMEOUT');
  });

  it('by the operator is a cancellation', async () => {
    server.script({ kind: 'silent' });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);
    expect((await failure(ask({}, { signal: abort.signal }))).code).toBe('CANCELLED');
  });

  it('by the operator in the middle of an answer is a cancellation', async () => {
    server.script({ kind: 'text', text: 'x'.repeat(2_000), pauseMs: 10 });
    const abort = new AbortController();
    const asking = ask({ onText: () => abort.abort() }, { signal: abort.signal });
    expect((await failure(asking)).code).toBe('CANCELLED');
  });
});

describe('an answer that was begun, and so may have to be paid for', () => {
  it.each([
    ['ends before it is complete', { kind: 'truncated', text: 'Good mor' }, 'MODEL_UNAVAILABLE'],
    ['is cut off by the network', { kind: 'cut', text: 'Good mor' }, 'MODEL_UNAVAILABLE'],
    ['is not in the protocol', { kind: 'garbled' }, 'MODEL_UNAVAILABLE'],
    ['reaches the limit', { kind: 'text', text: 'Good', finish: 'length' }, 'MODEL_OUTPUT_INVALID'],
    ['is stopped by a filter', { kind: 'text', text: '', finish: 'content_filter' }, 'MODEL_REFUSED'],
    ['is a refusal', { kind: 'refusal', text: 'I cannot help with that.' }, 'MODEL_REFUSED'],
  ] as const)('cannot be used where it %s', async (_what, reply, code) => {
    server.script(reply);
    const { failure: told } = await ask();
    expect(told?.code).toBe(code);
    expect(told?.message).not.toBe('');
  });

  it('cannot be used where it falls silent', async () => {
    server.script({ kind: 'text', text: 'x'.repeat(100), pauseMs: 400 });
    expect((await ask({}, { idleMs: 150 })).failure?.code).toBe('MODEL_TIMEOUT');
  });
});
