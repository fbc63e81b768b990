import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { t } from '#nodes/core/types.ts';

const config = z.strictObject({
  limit: z.int().min(1).max(100).default(5).meta({ title: 'Most items', description: 'The best ones are taken.' }),
  kinds: z
    .array(z.string().min(1).max(64))
    .max(50)
    .default([])
    .meta({ title: 'Kinds', description: 'For example order or note. Empty: every kind.' }),
});
export type Config = z.infer<typeof config>;

const hit = t.object({
  itemId: t.string(),
  text: t.string(),
  kind: t.string(),
  source: t.string(),
  at: t.integer(),
  score: t.number(),
});

export default defineNode<Config>({
  type: 'memory.recall',
  version: 1,
  title: 'Recall',
  description: 'Finds what the business knows about a question.',
  category: 'memory',
  icon: 'brain',
  kind: 'task',
  config,
  inputs: () => ({
    query: { type: t.string(), title: 'Question', description: 'What to look for, in words.', required: true },
    entityId: {
      type: t.nullable(t.string()),
      title: 'About',
      description: 'Id of an entity: only what is known about it.',
      required: false,
    },
  }),
  outcomes: () => ({ ok: t.object({ hits: t.array(hit), text: t.string(), count: t.integer({ minimum: 0 }) }) }),
  summary: ({ limit, kinds }) =>
    `The best ${limit}${kinds.length > 0 ? ` of ${kinds.slice(0, 5).join(', ')}${kinds.length > 5 ? ', …' : ''}` : ''}`,
  effect: 'read',
  reversible: true,
  risk: 0,
  trust: 'untrusted',
  capabilities: ['memory'],
  spends: null,
  retry: null,
  timeoutMs: 30_000,
  errors: ['MEMORY_UNAVAILABLE'],
  example: { config: { limit: 3, kinds: ['order'] }, inputs: { query: 'Chai orders of Maria Anders' } },
});
