import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { t } from '#nodes/core/types.ts';

const hourMs = 3_600_000;

const config = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(200)
    .default('value')
    .meta({ title: 'Name', description: 'Under it the value is found.' }),
  ttlMs: z
    .int()
    .min(1_000)
    .max(366 * 24 * hourMs)
    .default(24 * hourMs)
    .meta({ title: 'For', description: 'Then it is gone.', widget: 'duration' }),
});
export type Config = z.infer<typeof config>;

export default defineNode<Config>({
  type: 'memory.hold',
  version: 1,
  title: 'Keep at hand',
  description: 'Keeps a value for a while: for this run, or for a session that runs share.',
  category: 'memory',
  icon: 'bookmark-plus',
  kind: 'task',
  config,
  inputs: () => ({
    value: { type: t.any(), title: 'Value', description: 'At most 64 KB.', required: true },
    session: {
      type: t.nullable(t.string()),
      title: 'Session',
      description: 'What runs share it by, for example the key of a customer. Empty: this run alone.',
      required: false,
    },
  }),
  outcomes: () => ({ ok: t.object({ expiresAt: t.integer() }) }),
  summary: ({ name }) => `Keeps ${name}`,
  effect: 'idempotent-write',
  // It goes by itself, and stands for nothing outside.
  reversible: false,
  risk: 0,
  trust: 'trusted',
  capabilities: ['memory'],
  spends: null,
  retry: null,
  timeoutMs: 30_000,
  errors: ['TOO_LARGE'],
  example: { config: { name: 'draft' }, inputs: { value: { subject: 'Your Chai' }, session: 'ALFKI' } },
});
