import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { t } from '#nodes/core/types.ts';

const config = z.strictObject({
  maxItems: z
    .int()
    .min(1)
    .max(1_000_000)
    .nullable()
    .default(1_000)
    .meta({ title: 'Most items', description: 'A longer list is refused before anything is done.' }),
  concurrency: z
    .int()
    .min(1)
    .max(50)
    .default(10)
    .meta({ title: 'At the same time', description: 'How many items are worked on at once.' }),
  onItemError: z.enum(['collect', 'stop', 'tolerate']).default('collect').meta({
    title: 'Where an item fails',
    description: 'collect: the others go on. stop: the whole fails. tolerate: it fails when too many did.',
  }),
  tolerate: z
    .int()
    .min(0)
    .max(1_000_000)
    .optional()
    .meta({ title: 'Failures tolerated', description: 'For tolerate: one failure more and the whole fails.' }),
});
export type Config = z.infer<typeof config>;

/** What became of one item: `value` is its result, `error` its failure. */
const item = t.object({
  index: t.integer({ minimum: 0 }),
  outcome: t.string({ enum: ['ok', 'error'] }),
  value: t.any(),
  error: t.any(),
});

export default defineNode<Config>({
  type: 'flow.map',
  version: 1,
  title: 'For each',
  description: 'Does the steps after `each` once per item of a list, then continues at `done`.',
  category: 'flow',
  icon: 'repeat',
  kind: 'map',
  config,
  inputs: () => ({
    items: { type: t.array(t.any()), title: 'Items', description: 'The list to go through.', required: true },
    result: {
      type: t.any(),
      title: 'Result of an item',
      description: 'Taken when the steps of an item have ended; `done` has all of them as a list.',
      required: false,
    },
  }),
  outcomes: () => ({
    each: t.object({ item: t.any(), index: t.integer({ minimum: 0 }) }),
    done: t.object({
      items: t.array(item),
      succeeded: t.integer({ minimum: 0 }),
      failed: t.integer({ minimum: 0 }),
    }),
  }),
  summary: ({ maxItems, concurrency, onItemError, tolerate = 0 }) => {
    const failures = { collect: '', stop: ', stops at a failure', tolerate: `, ${tolerate} may fail` }[onItemError];
    return `${maxItems === null ? 'No bound' : `Up to ${maxItems} items`}, ${concurrency} at a time${failures}`;
  },
  effect: 'pure',
  reversible: true,
  risk: 0,
  trust: 'inherit',
  capabilities: [],
  spends: null,
  retry: null,
  timeoutMs: 60_000,
  errors: ['TOO_LARGE', 'ITEMS_FAILED'],
  example: { config: { maxItems: 100, concurrency: 5 }, inputs: { items: [{ name: 'Maria' }, { name: 'Thomas' }] } },
});
