import { validateHeaderName, validateHeaderValue } from 'node:http';
import { NodeError } from '#nodes/core/errors.ts';

export type Headers = Record<string, string>;

// The connection sets these itself; set by hand they could split one request into two.
const own = [
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'keep-alive',
  'expect',
];
// What may go to another origin when an answer redirects there; everything else could be a secret.
const harmless = ['accept', 'accept-language', 'content-type', 'user-agent', 'idempotency-key'];

/** Headers with lower-case names. Errors: INPUT_INVALID with the header's name. */
export function checkHeaders(headers: Headers): Headers {
  const checked: Headers = {};
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (own.includes(lower) || lower.startsWith('proxy-'))
      throw refused(`Remove the header "${name}": the connection sets it itself.`);
    try {
      validateHeaderName(lower);
      validateHeaderValue(lower, value);
    } catch (cause) {
      throw refused(
        `The header "${name}" has a name or a value that cannot be sent. Use one line of plain text.`,
        cause,
      );
    }
    checked[lower] = value;
  }
  return checked;
}

/** The headers that follow a redirect from one address to another. */
export function headersAfter(headers: Headers, from: URL, to: URL): Headers {
  if (from.origin === to.origin) return headers;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => harmless.includes(name)));
}

function refused(message: string, cause?: unknown): NodeError {
  return new NodeError('INPUT_INVALID', message, { cause, happened: 'no' });
}
