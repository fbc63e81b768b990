import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { t } from '#nodes/core/types.ts';

const config = z.strictObject({
  maxPasses: z
    .int()
    .min(1)
    .max(10_000)
    .nullable()
    .default(100)
    .meta({ title: 'Most passes', description: 'Then it leaves by limit, whatever the condition says.' }),
});
export type Config = z.infer<typeof config>;

const ended = t.object({ value: t.any(), passes: t.integer({ minimum: 0 }) });

export default defineNode<Config>({
  type: 'flow.loop',
  version: 1,
  title: 'Repeat',
  description: 'Does the steps after `each` again and again while a condition holds, handing a value on.',
  category: 'flow',
  icon: 'refresh-cw',
  kind: 'loop',
  config,
  inputs: () => ({
    initial: {
      type: t.any(),
      title: 'First value',
      description: 'What `item` is in the first pass.',
      required: true,
    },
    next: {
      type: t.any(),
      title: 'Next value',
      description: 'Taken at the end of a pass: what `item` is in the next one, and the result of the last.',
      required: true,
    },
    again: {
      type: t.boolean(),
      title: 'Again while',
      description: 'Asked at the end of each pass: whether there is another.',
      required: true,
    },
  }),
  outcomes: () => ({
    each: t.object({ item: t.any(), index: t.integer({ minimum: 0 }) }),
    done: ended,
    limit: ended,
  }),
  summary: ({ maxPasses }) => (maxPasses === null ? 'No bound' : `Up to ${maxPasses} passes`),
  effect: 'pure',
  reversible: true,
  risk: 0,
  trust: 'inherit',
  capabilities: [],
  spends: null,
  retry: null,
  timeoutMs: 60_000,
  errors: [],
  example: { config: { maxPasses: 20 }, inputs: { initial: { page: 1 }, next: { page: 2 }, again: true } },
});
