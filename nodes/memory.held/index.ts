import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { t } from '#nodes/core/types.ts';

const config = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(200)
    .default('value')
    .meta({ title: 'Name', description: 'The one that it was kept under.' }),
});
export type Config = z.infer<typeof config>;

export default defineNode<Config>({
  type: 'memory.held',
  version: 1,
  title: 'Take what is at hand',
  description: 'Finds a value that was kept for a while, by this run or in a session.',
  category: 'memory',
  icon: 'brain',
  kind: 'task',
  config,
  inputs: () => ({
    session: {
      type: t.nullable(t.string()),
      title: 'Session',
      description: 'The one that it was kept in. Empty: this run.',
      required: false,
    },
  }),
  outcomes: () => ({ found: t.object({ value: t.any() }), none: t.object({}) }),
  summary: ({ name }) => `Finds ${name}`,
  effect: 'read',
  reversible: true,
  risk: 0,
  // What was kept may have come from strangers, whatever was bound here.
  trust: 'untrusted',
  capabilities: ['memory'],
  spends: null,
  retry: null,
  timeoutMs: 30_000,
  errors: [],
  example: { config: { name: 'draft' }, inputs: { session: 'ALFKI' } },
});
