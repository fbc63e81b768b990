import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { schemaProblems } from '#nodes/core/json-schema.ts';
import { fromJsonSchema, t } from '#nodes/core/types.ts';

const config = z.strictObject({
  schema: z
    .record(z.string(), z.json())
    .nullable()
    .default(null)
    .meta({ title: 'Schema of the body', description: 'A JSON Schema; what does not fit is refused.', widget: 'json' }),
});
export type Config = z.infer<typeof config>;

export default defineNode<Config>({
  type: 'trigger.webhook',
  version: 1,
  title: 'Webhook',
  description: 'Starts a run when another program sends a request to an address of its own.',
  category: 'trigger',
  icon: 'webhook',
  kind: 'trigger',
  config,
  inputs: () => ({}),
  outcomes: ({ schema }) => ({
    fired: t.object({
      body: schema === null ? t.any() : fromJsonSchema(schema),
      headers: t.record(t.string()),
      query: t.record(t.string()),
      receivedAt: t.integer(),
    }),
  }),
  summary: ({ schema }) => (schema === null ? 'Takes any body' : 'Takes a body of a fixed shape'),
  effect: 'pure',
  reversible: true,
  risk: 0,
  trust: 'untrusted',
  capabilities: [],
  spends: null,
  check: ({ schema }) =>
    schema === null
      ? []
      : schemaProblems(schema).map(({ field, message }) => ({ field: field ? `schema.${field}` : 'schema', message })),
  retry: null,
  timeoutMs: 10_000,
  errors: [],
  example: {
    config: {
      schema: { type: 'object', properties: { email: { type: 'string', format: 'email' } }, required: ['email'] },
    },
    inputs: {
      body: { email: 'maria@example.test' },
      headers: { 'content-type': 'application/json' },
      query: {},
      receivedAt: 1_768_467_600_000,
    },
  },
});
