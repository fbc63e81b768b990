import type { HttpAnswer } from '#nodes/core/capabilities.ts';
import type { NodeRun } from '#nodes/core/define-node.ts';
import { NodeError } from '#nodes/core/errors.ts';
import type { Json } from '#nodes/core/json.ts';
import { type Config, onlyReads } from './index.ts';

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
    });
    ctx.explain({ kind: 'http', method: config.method, url: answer.url, status: answer.status });
    if (config.failOnStatus && answer.status >= 400) throw failedStatus(answer);
    const output = { status: answer.status, headers: answer.headers, body: bodyOf(answer, config) };
    return { kind: 'done', outcome: 'ok', output };
  },
} satisfies NodeRun<Config, Inputs>;

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

function sent(config: Config, body: Json | undefined): { headers: Record<string, string>; body?: string } {
  const hasType = Object.keys(config.headers).some((name) => name.toLowerCase() === 'content-type');
  if (onlyReads(config) || body === undefined || body === null) return { headers: config.headers };
  if (typeof body === 'string') return { headers: config.headers, body };
  return {
    headers: hasType ? config.headers : { ...config.headers, 'content-type': 'application/json' },
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
