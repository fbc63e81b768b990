import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { t } from '#nodes/core/types.ts';

const config = z.strictObject({});
export type Config = z.infer<typeof config>;

export default defineNode<Config>({
  type: 'flow.branch',
  version: 1,
  title: 'If',
  description: 'Continues along true or false.',
  category: 'flow',
  icon: 'split',
  kind: 'branch',
  config,
  inputs: () => ({
    condition: {
      type: t.boolean(),
      title: 'Condition',
      description: 'An expression that is true or false.',
      required: true,
    },
  }),
  outcomes: () => ({ true: t.object({}), false: t.object({}) }),
  summary: () => 'Two ways, by a condition',
  effect: 'pure',
  reversible: true,
  risk: 0,
  trust: 'inherit',
  capabilities: [],
  spends: null,
  retry: null,
  timeoutMs: 10_000,
  errors: [],
  example: { config: {}, inputs: { condition: true } },
});
