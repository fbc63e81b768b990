import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { t } from '#nodes/core/types.ts';

const config = z.strictObject({
  entityType: z
    .string()
    .max(64)
    .default('')
    .meta({ title: 'Kind of entity', description: 'For example customer, order or product.' }),
});
export type Config = z.infer<typeof config>;

export default defineNode<Config>({
  type: 'entity.upsert',
  version: 1,
  title: 'Save entity',
  description: 'Creates an entity, or merges data into the one with the same key.',
  category: 'data',
  icon: 'database',
  kind: 'task',
  config,
  inputs: () => ({
    key: { type: t.string(), title: 'Key', description: 'One entity per key, for example ALFKI.', required: true },
    data: { type: t.record(t.any()), title: 'Data', description: 'Members to set; others stay.', required: true },
  }),
  outcomes: () => ({
    ok: t.object({
      id: t.string(),
      key: t.string(),
      created: t.boolean(),
      changed: t.array(t.string()),
      data: t.record(t.any()),
      version: t.integer(),
      previous: t.nullable(t.record(t.any())),
    }),
  }),
  summary: ({ entityType }) => (entityType ? `A ${entityType}` : 'No kind chosen'),
  effect: 'idempotent-write',
  reversible: true,
  risk: 0.1,
  // What is stored may have come from strangers, whatever was bound here.
  trust: 'untrusted',
  capabilities: ['entities'],
  spends: null,
  check: ({ entityType }) =>
    entityType
      ? []
      : [{ field: 'entityType', message: 'No kind of entity is chosen. Enter one, for example customer.' }],
  retry: null,
  timeoutMs: 30_000,
  errors: [],
  compensation: () => ({ title: 'Put the earlier data back', reverts: true }),
  example: {
    config: { entityType: 'customer' },
    inputs: { key: 'ALFKI', data: { companyName: 'Alfreds Futterkiste', city: 'Berlin' } },
  },
});
