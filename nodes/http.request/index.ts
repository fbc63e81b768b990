import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { t } from '#nodes/core/types.ts';

export const httpMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

// The transport sets these itself, or they would carry a secret into the document.
const transportHeaders = ['host', 'content-length', 'connection', 'transfer-encoding', 'upgrade', 'te', 'trailer'];
const secretHeaders = ['authorization', 'proxy-authorization', 'cookie', 'x-api-key', 'api-key', 'x-auth-token'];

const config = z.strictObject({
  method: z.enum(httpMethods).default('GET').meta({ title: 'Method', description: 'GET and HEAD only read.' }),
  headers: z
    .record(
      z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'A header name has letters, digits and - only.'),
      z
        .string()
        .max(2_000)
        .regex(/^[\t\x20-\x7e]*$/, 'A header value is one line of ASCII text.'),
    )
    .default({})
    .meta({ title: 'Headers', description: 'No secrets here: the document may be shared.', widget: 'json' }),
  timeoutMs: z
    .int()
    .min(100)
    .max(300_000)
    .default(15_000)
    .meta({ title: 'Longest wait', description: 'In milliseconds.' }),
  maxBytes: z
    .int()
    .min(1)
    .max(50_000_000)
    .default(2_000_000)
    .meta({ title: 'Largest answer', description: 'In bytes.' }),
  expect: z
    .enum(['json', 'text'])
    .default('json')
    .meta({ title: 'Answer is', description: 'json is read into values; text stays text.' }),
  failOnStatus: z
    .boolean()
    .default(true)
    .meta({ title: 'Status 400 and above is a failure', description: 'Off: the status is in the output.' }),
});
export type Config = z.infer<typeof config>;

export const onlyReads = ({ method }: Config): boolean => method === 'GET' || method === 'HEAD';

function headerProblems({ headers }: Config): { field: string; message: string }[] {
  return Object.keys(headers).flatMap((name) => {
    const field = `headers.${name}`;
    if (secretHeaders.includes(name.toLowerCase()))
      return [{ field, message: `Remove the header "${name}": secrets must not stand in a pipeline document.` }];
    if (transportHeaders.includes(name.toLowerCase()))
      return [{ field, message: `Remove the header "${name}": it is set by the connection itself.` }];
    return [];
  });
}

export default defineNode<Config>({
  type: 'http.request',
  version: 1,
  title: 'Web request',
  description: 'Calls an address on the web and gives its answer. Addresses of this machine and network are refused.',
  category: 'action',
  icon: 'globe',
  kind: 'task',
  config,
  inputs: (settings) => ({
    url: {
      type: t.string({ format: 'uri' }),
      title: 'Address',
      description: 'Begins with https:// or http://.',
      required: true,
    },
    ...(onlyReads(settings)
      ? {}
      : { body: { type: t.any(), title: 'Body', description: 'Text is sent as it is, else JSON.', required: false } }),
  }),
  outcomes: () => ({ ok: t.object({ status: t.integer(), headers: t.record(t.string()), body: t.any() }) }),
  summary: ({ method, expect }) => `${method}, answer as ${expect}`,
  effect: (settings) => (onlyReads(settings) ? 'read' : 'unsafe-write'),
  reversible: false,
  risk: 0.3,
  trust: 'untrusted',
  capabilities: ['http'],
  spends: null,
  check: headerProblems,
  retry: null,
  timeoutMs: 300_000,
  errors: [
    'HTTP_BLOCKED',
    'HTTP_STATUS',
    'HTTP_UNAVAILABLE',
    'HTTP_TIMEOUT',
    'TOO_LARGE',
    'OUTPUT_INVALID',
    'EFFECT_UNKNOWN',
  ],
  example: { config: { method: 'GET' }, inputs: { url: 'https://api.example.test/rates' } },
});
