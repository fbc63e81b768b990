import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { idSchema } from '#nodes/core/graph.ts';
import { t } from '#nodes/core/types.ts';

const config = z.strictObject({
  event: idSchema
    .default('event')
    .meta({ title: 'Event', description: 'Its name, as the waiting step says it, for example payment_received.' }),
});
export type Config = z.infer<typeof config>;

export default defineNode<Config>({
  type: 'event.send',
  version: 1,
  title: 'Send an event',
  description: 'Wakes the runs of this project that wait for this event with this key.',
  category: 'flow',
  icon: 'radio',
  kind: 'task',
  config,
  inputs: () => ({
    key: {
      type: t.string(),
      title: 'Key',
      description: 'Which one it is about, for example the number of an order.',
      required: true,
    },
    data: { type: t.any(), title: 'Data', description: 'What the waiting runs get.', required: false },
  }),
  outcomes: () => ({ ok: t.object({ event: t.string(), key: t.string() }) }),
  summary: ({ event }) => `Sends ${event}`,
  effect: 'idempotent-write',
  reversible: false,
  risk: 0.1,
  trust: 'inherit',
  capabilities: ['events'],
  spends: null,
  retry: null,
  timeoutMs: 30_000,
  errors: ['NOT_CONFIGURED'],
  example: { config: { event: 'payment_received' }, inputs: { key: 'order-10248', data: { amount: 440 } } },
});
