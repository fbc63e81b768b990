import type { HttpAnswer } from '#nodes/core/capabilities.ts';
import type { Compensated, NodeRun } from '#nodes/core/define-node.ts';
import { NodeError } from '#nodes/core/errors.ts';
import type { Json } from '#nodes/core/json.ts';
import { renderTemplate } from '#nodes/core/templates.ts';
import { type Config, onlyReads } from './index.ts';
import { renderAddress } from './templated.ts';

type Inputs = { url: string; body?: Json };

export default {
  async run(ctx, { config, inputs }) {
    ctx.signal.throwIfAborted();
    const url = webAddress(inputs.url);
    const answer = await ctx.http.request({
      method: config.method,
      url,
      timeoutMs: config.timeoutMs,
      maxBytes: config.maxBytes,
      ...sent(config, inputs.body),
      ...(config.lookUp && !onlyReads(config)
        ? { lookUp: webAddress(renderAddress(config.lookUp.url, { inputs, key: ctx.idempotencyKey })) }
        : {}),
    });
    ctx.explain({ kind: 'http', method: config.method, url: answer.url, status: answer.status });
    ctx.log(`${config.method} ${answer.url} answered ${answer.status}, ${answer.body.length} characters`);
    if (config.failOnStatus && answer.status >= 400) throw failedStatus(answer);
    const output = { status: answer.status, headers: answer.headers, body: bodyOf(answer, config) };
    return { kind: 'done', outcome: 'ok', output };
  },
  async compensate(ctx, { config, inputs }, { output }) {
    ctx.signal.throwIfAborted();
    const { undo } = config;
    if (!undo)
      throw new NodeError('UNDO_FAILED', 'No request is declared that takes this one back.', { happened: 'no' });
    const { status } = output as { status: number };
    if (status >= 400 && status < 500)
      return { kind: 'reverted', summary: `It had been refused with status ${status}: there is nothing to take back.` };
    const values = { inputs, output };
    const body = renderTemplate(undo.body, values);
    const answer = await ctx.http.request({
      method: undo.method,
      url: webAddress(renderAddress(undo.url, values)),
      timeoutMs: config.timeoutMs,
      maxBytes: config.maxBytes,
      ...typed(undo.headers, body),
    });
    ctx.explain({ kind: 'http', method: undo.method, url: answer.url, status: answer.status });
    return undone(undo.method, answer);
  },
} satisfies NodeRun<Config, Inputs>;

/** What is gone already need not be removed. */
function undone(method: string, { status, url, body }: HttpAnswer): Compensated {
  const gone = method === 'DELETE' && (status === 404 || status === 410);
  if (status < 400 || gone)
    return {
      kind: 'reverted',
      summary: gone
        ? `It was not there any more: ${url} answered with status ${status}.`
        : `${method} ${url} took it back.`,
      details: { status },
    };
  throw new NodeError(
    'UNDO_FAILED',
    `${method} ${url} answered with status ${status}: ${body.slice(0, 200) || 'no text'}`,
    {
      happened: status < 500 ? 'no' : 'unknown',
      details: { status },
    },
  );
}

/** A body from a template, with the type of its content where the operator has not named one. */
function typed(rows: Config['headers'], body: string): { headers: Headers; body?: string } {
  const headers = headersOf(rows);
  if (body === '') return { headers };
  const json = !hasType(headers) && isJson(body);
  return { headers: json ? { ...headers, 'content-type': 'application/json' } : headers, body };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // Other text is as good.
  }
}

type Headers = Record<string, string>;

/** The rows as they are sent: those of one name are one header. */
function headersOf(rows: Config['headers']): Headers {
  const named = new Map<string, { name: string; values: string[] }>();
  for (const { name, value } of rows) {
    const known = named.get(name.toLowerCase());
    if (known) known.values.push(value);
    else named.set(name.toLowerCase(), { name, values: [value] });
  }
  return Object.fromEntries([...named.values()].map(({ name, values }) => [name, values.join(', ')]));
}

const hasType = (headers: Headers): boolean =>
  Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');

function webAddress(text: string): string {
  const url = URL.parse(text.trim());
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new NodeError(
      'INPUT_INVALID',
      `url must be an address that begins with https:// or http://; it is "${text.slice(0, 200)}".`,
      { happened: 'no' },
    );
  if (url.username || url.password)
    throw new NodeError('INPUT_INVALID', 'url holds a user name or password. Remove it from the address.', {
      happened: 'no',
    });
  return url.href;
}

function sent(config: Config, body: Json | undefined): { headers: Headers; body?: string } {
  const headers = headersOf(config.headers);
  if (onlyReads(config) || body === undefined || body === null) return { headers };
  if (typeof body === 'string') return { headers, body };
  return {
    headers: hasType(headers) ? headers : { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

function failedStatus({ status, url, body }: HttpAnswer): NodeError {
  return new NodeError('HTTP_STATUS', `${url} answered with status ${status}: ${body.slice(0, 200) || 'no text'}`, {
    // A refused request did nothing; after a server's failure nobody knows.
    happened: status < 500 ? 'no' : 'unknown',
    details: { status },
  });
}

function bodyOf({ body, url, status }: HttpAnswer, config: Config): Json {
  if (config.expect === 'text') return body;
  if (body.trim() === '') return null;
  try {
    return JSON.parse(body) as Json;
  } catch (cause) {
    // Error pages are seldom JSON; whoever wants to see the status gets their text.
    if (status >= 400) return body;
    throw new NodeError(
      'OUTPUT_INVALID',
      `${url} answered with status ${status}, but not with JSON: ${body.slice(0, 100)}. Set "Answer is" to text.`,
      { cause, details: { status } },
    );
  }
}
