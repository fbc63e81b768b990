import { z } from 'zod';
import { type CheckLanguage, defineNode, type InputSpec } from '#nodes/core/define-node.ts';
import { graphLimits } from '#nodes/core/graph.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { type ObjectType, type Type, t } from '#nodes/core/types.ts';

export const httpMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

// The transport sets these itself, or they would carry a secret into the document.
const transportHeaders = ['host', 'content-length', 'connection', 'transfer-encoding', 'upgrade', 'te', 'trailer'];
const secretHeaders = ['authorization', 'proxy-authorization', 'cookie', 'x-api-key', 'api-key', 'x-auth-token'];

const headers = z
  .array(
    z.strictObject({
      name: z
        .string()
        .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'A header name has letters, digits and - only.')
        .meta({ title: 'Name', description: 'For example accept-language.' }),
      value: z
        .string()
        .max(2_000)
        .regex(/^[\t\x20-\x7e]*$/, 'A header value is one line of ASCII text.')
        .default('')
        .meta({ title: 'Value' }),
    }),
  )
  .max(100);
const template = z.string().max(graphLimits.text);

const undo = z.strictObject({
  method: z.enum(['DELETE', 'POST', 'PUT', 'PATCH']).default('DELETE').meta({ title: 'Method' }),
  url: template.default('').meta({
    title: 'Address',
    description: 'For example {{ inputs.url }}/{{ output.body.id }}. Values after its beginning are escaped.',
    widget: 'prompt',
  }),
  headers: headers.default([]).meta({ title: 'Headers', description: 'No secrets here.' }),
  body: template
    .default('')
    .meta({ title: 'Body', description: 'Text with {{ }} over inputs and output.', widget: 'prompt' }),
});
export type Undo = z.infer<typeof undo>;

const lookUp = z.strictObject({
  url: template.default('').meta({
    title: 'Address',
    description: 'With {{ }} over inputs and key. A GET that answers 2xx says that it happened, 404 that it did not.',
    widget: 'prompt',
  }),
});

const config = z.strictObject({
  method: z.enum(httpMethods).default('GET').meta({ title: 'Method', description: 'GET and HEAD only read.' }),
  headers: headers.default([]).meta({ title: 'Headers', description: 'No secrets here: the document may be shared.' }),
  timeoutMs: z
    .int()
    .min(100)
    .max(300_000)
    .default(15_000)
    .meta({ title: 'Longest wait', description: 'For the answer to one request.', widget: 'duration' }),
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
  undo: undo.nullable().default(null).meta({
    title: 'Takes it back',
    description: 'A request that undoes this one. None: it cannot be undone.',
  }),
  lookUp: lookUp.nullable().default(null).meta({
    title: 'Tells whether it happened',
    description: 'Where to look after a crash, instead of asking. Give the provider time to finish what it began.',
  }),
});
export type Config = z.infer<typeof config>;

export const onlyReads = ({ method }: Config): boolean => method === 'GET' || method === 'HEAD';

const inputsOf = (settings: Config): Record<string, InputSpec> => ({
  url: {
    type: t.string({ format: 'uri' }),
    title: 'Address',
    description: 'Begins with https:// or http://.',
    required: true,
  },
  ...(onlyReads(settings)
    ? {}
    : { body: { type: t.any(), title: 'Body', description: 'Text is sent as it is, else JSON.', required: false } }),
});

const output: ObjectType = t.object({ status: t.integer(), headers: t.record(t.string()), body: t.any() });

/** What an undo or a look-up would do wrong, and what a reading request has no use for. */
function laterProblems(settings: Config, language: CheckLanguage | undefined): Problem[] {
  const { undo, lookUp } = settings;
  const inputs = t.object({ url: t.string(), body: t.any() }, ['url']);
  const problem = (field: string, text: string, variables: Record<string, Type>): Problem[] => {
    const message = language?.templateProblem(text, variables) ?? null;
    return message === null ? [] : [{ field, message }];
  };
  const address = (field: string, text: string, variables: Record<string, Type>): Problem[] =>
    text.trim() === '' ? [{ field, message: 'No address is given. Enter one.' }] : problem(field, text, variables);
  return [
    ...(undo
      ? [
          ...address('undo.url', undo.url, { inputs, output }),
          ...problem('undo.body', undo.body, { inputs, output }),
          ...headerProblems('undo.headers', undo.headers),
        ]
      : []),
    ...(lookUp ? address('lookUp.url', lookUp.url, { inputs, key: t.string() }) : []),
    ...(onlyReads(settings) && undo
      ? [{ field: 'undo', message: `${settings.method} changes nothing. Remove this.` }]
      : []),
    ...(onlyReads(settings) && lookUp
      ? [{ field: 'lookUp', message: `${settings.method} changes nothing. Remove this.` }]
      : []),
  ];
}

type Problem = { field: string; message: string };

function headerProblems(at: string, headers: Config['headers']): Problem[] {
  return headers.flatMap(({ name }, index) => {
    const field = `${at}[${index}].name`;
    if (secretHeaders.includes(name.toLowerCase()))
      return [{ field, message: `Remove the header "${name}": secrets must not stand in a pipeline document.` }];
    if (transportHeaders.includes(name.toLowerCase()))
      return [{ field, message: `Remove the header "${name}": it is set by the connection itself.` }];
    return [];
  });
}

/** Version 1 had the headers as one object by name; now each is a row, so that a name may come more than once. */
function headersAsRows(config: JsonObject): JsonObject {
  const { headers, undo } = config;
  return {
    ...config,
    ...(isObject(headers) ? { headers: rowsOf(headers) } : {}),
    ...(isObject(undo) && isObject(undo.headers) ? { undo: { ...undo, headers: rowsOf(undo.headers) } } : {}),
  };
}

const rowsOf = (headers: JsonObject): Json => Object.entries(headers).map(([name, value]) => ({ name, value }));

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export default defineNode<Config>({
  type: 'http.request',
  version: 2,
  migrations: { 1: headersAsRows },
  title: 'Web request',
  description: 'Calls an address on the web and gives its answer. Addresses of this machine and network are refused.',
  category: 'action',
  icon: 'globe',
  kind: 'task',
  config,
  inputs: inputsOf,
  outcomes: () => ({ ok: output }),
  summary: ({ method, expect }) => `${method}, answer as ${expect}`,
  effect: (settings) => (onlyReads(settings) ? 'read' : 'unsafe-write'),
  reversible: false,
  risk: 0.3,
  trust: 'untrusted',
  capabilities: ['http'],
  spends: null,
  check: (settings, language) => [...headerProblems('headers', settings.headers), ...laterProblems(settings, language)],
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
    'EXPRESSION_FAILED',
  ],
  compensation: (settings) =>
    settings.undo === null || onlyReads(settings)
      ? null
      : { title: `Call ${settings.undo.method} ${settings.undo.url}`, reverts: true },
  example: { config: { method: 'GET' }, inputs: { url: 'https://api.example.test/rates' } },
});
