import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { t } from '#nodes/core/types.ts';

const config = z.strictObject({
  kind: z
    .string()
    .min(1)
    .max(64)
    .default('note')
    .meta({ title: 'Kind', description: 'What it is, for example note, email or order. Recall can ask for it.' }),
  tier: z
    .enum(['episodic', 'knowledge'])
    .default('episodic')
    .meta({ title: 'Tier', description: 'episodic: something that happened. knowledge: something that is so.' }),
  untrusted: z.boolean().default(true).meta({
    title: 'May hold text of strangers',
    description: 'Marks the item; turn it off only for text that you or your own rules wrote.',
  }),
});
export type Config = z.infer<typeof config>;

export default defineNode<Config>({
  type: 'memory.remember',
  version: 1,
  title: 'Remember',
  description: 'Keeps a text, so that later runs can recall it.',
  category: 'memory',
  icon: 'bookmark-plus',
  kind: 'task',
  config,
  inputs: () => ({
    text: { type: t.string({ format: 'multiline' }), title: 'Text', required: true },
    entityId: {
      type: t.nullable(t.string()),
      title: 'About',
      description: 'Id of the entity that it is about.',
      required: false,
    },
    source: {
      type: t.nullable(t.string()),
      title: 'Source',
      description: 'Where it comes from, for example a message id.',
      required: false,
    },
  }),
  outcomes: () => ({ ok: t.object({ itemId: t.string() }) }),
  summary: ({ kind, tier }) => `Keeps ${kind} as ${tier}`,
  effect: 'idempotent-write',
  reversible: true,
  risk: 0.05,
  trust: 'trusted',
  capabilities: ['memory'],
  spends: null,
  retry: null,
  timeoutMs: 30_000,
  errors: ['MEMORY_UNAVAILABLE', 'TOO_LARGE'],
  compensation: () => ({ title: 'Forget the item', reverts: true }),
  example: {
    config: { kind: 'email', tier: 'episodic' },
    inputs: { text: 'Offered Maria Anders 20 cases of Chai.', source: 'sales-follow-up' },
  },
});
