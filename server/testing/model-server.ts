import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ModelMessage, ToolCall } from '#nodes/core/capabilities.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import { readFacts } from '#server/models/rehearsal/facts.ts';
import { fillSchema } from '#server/models/rehearsal/fill-schema.ts';
import { type Batches, batchServer } from './batch-server.ts';

/** A request as the server got it. */
export type ModelCall = { body: JsonObject; authorization: string | null; path: string; key: string | null };

/** Tokens that the server says it has counted. */
export type Usage = { input: number; cached?: number; output: number };

/** How the server behaves for one request. */
export type ModelReply =
  | {
      kind: 'text';
      text: string;
      usage?: Usage | null;
      finish?: string;
      pauseMs?: number;
    }
  | { kind: 'refusal'; text: string }
  /** Asks for tools, each call in pieces, instead of answering. */
  | { kind: 'tools'; calls: ToolCall[]; text?: string }
  | { kind: 'status'; status: number; error: JsonObject; headers?: Record<string, string> }
  /** Ends the stream in good order, but before the answer is complete. */
  | { kind: 'truncated'; text: string }
  /** Cuts the connection in the middle of the answer. */
  | { kind: 'cut'; text: string }
  /** Sends an event that is not JSON. */
  | { kind: 'garbled' }
  /** Accepts the request and never answers. */
  | { kind: 'silent' };

export type ModelServer = {
  /** For OPENAI_BASE_URL. */
  url: string;
  calls: ModelCall[];
  /** How many calls were under way at once at most. */
  busiest: () => number;
  /** Answers that were charged for, by the key of the call: asked again under its key, a call gets the same answer. */
  paid: Map<string, ModelReply>;
  /** The next replies, in order; after them every request gets a proper answer. */
  script: (...replies: ModelReply[]) => void;
  /** Answers by what was asked, where nothing is scripted; null: a proper answer. */
  answer: (by: (body: JsonObject) => ModelReply | null) => void;
  /** Its batch endpoint. */
  batches: Batches;
  close: () => Promise<void>;
};

/** A real HTTP server on loopback that speaks OpenAI's chat protocol with streaming. */
export async function modelServer(): Promise<ModelServer> {
  const calls: ModelCall[] = [];
  const scripted: ModelReply[] = [];
  const paid = new Map<string, ModelReply>();
  const batches = batchServer();
  const under = { now: 0, most: 0 };
  let respond: ((body: JsonObject) => ModelReply | null) | null = null;
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    if (/\/(files|batches)\b/.test(path)) return await batches.serve(request, response);
    if (request.method === 'GET') return await list(response);
    under.now += 1;
    under.most = Math.max(under.most, under.now);
    response.once('close', () => {
      under.now -= 1;
    });
    const body = JSON.parse(await textOf(request)) as JsonObject;
    const key = request.headers['idempotency-key']?.toString() ?? null;
    calls.push({ body, authorization: request.headers.authorization ?? null, path, key });
    const known = key === null ? undefined : paid.get(key);
    if (known) return await send(response, known, body);
    const scriptedReply = scripted.shift();
    if (!scriptedReply && path.endsWith('/embeddings')) return sendVectors(response, body);
    const reply = scriptedReply ?? respond?.(body) ?? properAnswer(body);
    if (reply.kind !== 'status') paid.set(key ?? `call ${calls.length}`, reply);
    await send(response, reply, body);
  }
  /** Its models; a scripted status takes their place. */
  async function list(response: ServerResponse): Promise<void> {
    const reply = scripted.shift();
    if (reply) return await send(response, reply, {});
    const data = ['m-2', 'm-1'].map((id) => ({ id, object: 'model', created: 1, owned_by: 'test' }));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ object: 'list', data }));
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    calls,
    busiest: () => under.most,
    paid,
    batches,
    script: (...replies) => void scripted.push(...replies),
    answer: (by) => {
      respond = by;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** A proper answer: fits the schema where one was sent, else repeats what was asked. */
function properAnswer(body: JsonObject): ModelReply {
  const messages = body.messages as ModelMessage[];
  const format = body.response_format as { json_schema?: { schema: JsonObject } } | undefined;
  const writer = { facts: readFacts(messages), pick: <T>([one]: readonly [T, ...T[]]) => one };
  const schema = format?.json_schema?.schema;
  return {
    kind: 'text',
    text: schema ? JSON.stringify(fillSchema(schema, writer)) : `You said: ${messages.at(-1)?.content ?? ''}`,
    usage: { input: 100, output: 20 },
  };
}

/** Short vectors that differ by the text, in an order that is not that of the texts. */
function sendVectors(response: ServerResponse, body: JsonObject): void {
  const texts = body.input as string[];
  const data = texts.map((text, index) => ({ object: 'embedding', index, embedding: [text.length, 0.5, -0.25] }));
  const usage = { prompt_tokens: 8 * texts.length, total_tokens: 8 * texts.length };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ object: 'list', data: data.reverse(), model: body.model, usage }));
}

async function send(response: ServerResponse, reply: ModelReply, body: JsonObject): Promise<void> {
  if (reply.kind === 'silent') return;
  if (reply.kind === 'status') {
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    return void response.end(JSON.stringify({ error: reply.error }));
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const event: Event = (choice, more = {}) =>
    void response.write(
      `data: ${JSON.stringify({ id: 'chatcmpl-test', object: 'chat.completion.chunk', created: 1, model: body.model, choices: choice ? [{ index: 0, ...choice }] : [], ...more })}\n\n`,
    );
  event({ delta: { role: 'assistant', content: '' }, finish_reason: null });
  if (reply.kind === 'garbled') return void response.end('data: {"choices": [\n\n');
  if (reply.kind === 'tools') {
    await stream(reply.text ?? '', 0, event);
    return sendCalls(response, { calls: reply.calls, body, event });
  }
  if (reply.kind === 'refusal') event({ delta: { refusal: reply.text }, finish_reason: null });
  else await stream(reply.text, 'pauseMs' in reply ? (reply.pauseMs ?? 0) : 0, event);
  if (reply.kind === 'cut') return void response.destroy();
  if (reply.kind === 'truncated') return void response.end();
  const text = reply.kind === 'text' ? reply : null;
  event({ delta: {}, finish_reason: text?.finish ?? 'stop' });
  finish(response, { usage: text?.usage === undefined ? usual : text.usage, body, event });
}

const usual: Usage = { input: 100, output: 20 };
type Event = (choice: JsonObject | null, more?: JsonObject) => void;
type Ending = { usage: Usage | null; body: JsonObject; event: Event };

function finish(response: ServerResponse, { usage, body, event }: Ending): void {
  if (usage && (body.stream_options as JsonObject | undefined)?.include_usage)
    event(null, {
      usage: {
        prompt_tokens: usage.input,
        completion_tokens: usage.output,
        total_tokens: usage.input + usage.output,
        ...(usage.cached === undefined ? {} : { prompt_tokens_details: { cached_tokens: usage.cached } }),
      },
    });
  response.end('data: [DONE]\n\n');
}

function sendCalls(
  response: ServerResponse,
  { calls, body, event }: { calls: ToolCall[]; body: JsonObject; event: Event },
): void {
  calls.forEach(({ id, name, arguments: written }, index) => {
    const piece = (more: JsonObject) => event({ delta: { tool_calls: [{ index, ...more }] }, finish_reason: null });
    piece({ id, type: 'function', function: { name, arguments: '' } });
    for (const part of written.match(/[\s\S]{1,9}/g) ?? []) piece({ function: { arguments: part } });
  });
  event({ delta: {}, finish_reason: 'tool_calls' });
  finish(response, { usage: usual, body, event });
}

async function stream(text: string, pauseMs: number, event: (choice: JsonObject) => void): Promise<void> {
  for (const piece of text.match(/[\s\S]{1,12}/g) ?? []) {
    event({ delta: { content: piece }, finish_reason: null });
    await sleep(pauseMs);
  }
}
