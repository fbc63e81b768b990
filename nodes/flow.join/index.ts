import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { t } from '#nodes/core/types.ts';

const config = z.strictObject({
  mode: z
    .enum(['all', 'any', 'count'])
    .default('all')
    .meta({ title: 'Waits for', description: 'all branches that run, any one of them, or a number of them.' }),
  count: z.int().min(1).max(1_000).default(1).meta({ title: 'Number', description: 'For the mode count.' }),
});
export type Config = z.infer<typeof config>;

export default defineNode<Config>({
  type: 'flow.join',
  version: 1,
  title: 'Join',
  description: 'Waits for several branches and continues once.',
  category: 'flow',
  icon: 'merge',
  kind: 'join',
  config,
  inputs: () => ({}),
  outcomes: () => ({ done: t.object({}) }),
  summary: ({ mode, count }) =>
    ({ all: 'Waits for all branches', any: 'Goes on with the first', count: `Waits for ${count}` })[mode],
  effect: 'pure',
  reversible: true,
  risk: 0,
  trust: 'inherit',
  capabilities: [],
  spends: null,
  retry: null,
  timeoutMs: 10_000,
  errors: [],
  example: { config: { mode: 'all' }, inputs: {} },
});
