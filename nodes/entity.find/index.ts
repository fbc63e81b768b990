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
  type: 'entity.find',
  version: 1,
  title: 'Find entity',
  description: 'Looks up a customer, an order or anything else by key or by its data.',
  category: 'data',
  icon: 'search',
  kind: 'task',
  config,
  inputs: () => ({
    key: { type: t.nullable(t.string()), title: 'Key', description: 'For example ALFKI.', required: false },
    where: {
      type: t.nullable(t.record(t.any())),
      title: 'Where',
      description: 'Data that it must have, for example {"email": "…"}. The first match is taken.',
      required: false,
    },
  }),
  outcomes: () => ({
    found: t.object({
      id: t.string(),
      type: t.string(),
      key: t.string(),
      data: t.record(t.any()),
      version: t.integer(),
      updatedAt: t.integer(),
    }),
    none: t.object({}),
  }),
  summary: ({ entityType }) => (entityType ? `A ${entityType}` : 'No kind chosen'),
  effect: 'read',
  reversible: true,
  risk: 0,
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
  example: { config: { entityType: 'customer' }, inputs: { key: 'ALFKI' } },
});
