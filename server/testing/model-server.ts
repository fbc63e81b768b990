import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ModelMessage } from '#nodes/core/capabilities.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import { readFacts } from '#server/models/rehearsal/facts.ts';
import { fillSchema } from '#server/models/rehearsal/fill-schema.ts';

/** A request as the server got it. */
export type ModelCall = { body: JsonObject; authorization: string | null };

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
  /** The next replies, in order; after them every request gets a proper answer. */
  script: (...replies: ModelReply[]) => void;
  close: () => Promise<void>;
};

/** A real HTTP server on loopback that speaks OpenAI's chat protocol with streaming. */
export async function modelServer(): Promise<ModelServer> {
  const calls: ModelCall[] = [];
  const scripted: ModelReply[] = [];
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse(await textOf(request)) as JsonObject;
    calls.push({ body, authorization: request.headers.authorization ?? null });
    await send(response, scripted.shift() ?? properAnswer(body), body);
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    calls,
    script: (...replies) => void scripted.push(...replies),
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

async function send(response: ServerResponse, reply: ModelReply, body: JsonObject): Promise<void> {
  if (reply.kind === 'silent') return;
  if (reply.kind === 'status') {
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    return void response.end(JSON.stringify({ error: reply.error }));
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const event = (choice: JsonObject | null, more: JsonObject = {}) =>
    response.write(
      `data: ${JSON.stringify({ id: 'chatcmpl-test', object: 'chat.completion.chunk', created: 1, model: body.model, choices: choice ? [{ index: 0, ...choice }] : [], ...more })}\n\n`,
    );
  event({ delta: { role: 'assistant', content: '' }, finish_reason: null });
  if (reply.kind === 'garbled') return void response.end('data: {"choices": [\n\n');
  if (reply.kind === 'refusal') event({ delta: { refusal: reply.text }, finish_reason: null });
  else await stream(reply.text, 'pauseMs' in reply ? (reply.pauseMs ?? 0) : 0, event);
  if (reply.kind === 'cut') return void response.destroy();
  if (reply.kind === 'truncated') return void response.end();
  const text = reply.kind === 'text' ? reply : null;
  event({ delta: {}, finish_reason: text?.finish ?? 'stop' });
  const usage: Usage | null = text?.usage === undefined ? { input: 100, output: 20 } : text.usage;
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

async function stream(text: string, pauseMs: number, event: (choice: JsonObject) => void): Promise<void> {
  for (const piece of text.match(/[\s\S]{1,12}/g) ?? []) {
    event({ delta: { content: piece }, finish_reason: null });
    await sleep(pauseMs);
  }
}
