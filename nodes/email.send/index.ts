import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { t } from '#nodes/core/types.ts';

const config = z.strictObject({});
export type Config = z.infer<typeof config>;

export default defineNode<Config>({
  type: 'email.send',
  version: 1,
  title: 'Send e-mail',
  description: 'Sends one e-mail to one address. Without a mail server it stays in the Outbox, not sent.',
  category: 'action',
  icon: 'send',
  kind: 'task',
  config,
  inputs: () => ({
    to: { type: t.string({ format: 'email' }), title: 'To', description: 'One address.', required: true },
    subject: { type: t.string(), title: 'Subject', required: true },
    body: { type: t.string({ format: 'multiline' }), title: 'Text', required: true },
    from: {
      type: t.nullable(t.string()),
      title: 'From',
      description: 'An address, or Name <address>. Empty: the one of the settings.',
      required: false,
    },
    replyTo: {
      type: t.nullable(t.string()),
      title: 'Answers to',
      description: 'An address, or Name <address>.',
      required: false,
    },
  }),
  outcomes: () => ({
    sent: t.object({ messageId: t.string(), delivery: t.string({ enum: ['smtp', 'outbox'] }), at: t.integer() }),
  }),
  summary: () => 'One e-mail to one address',
  effect: 'unsafe-write',
  reversible: false,
  risk: 0.4,
  trust: 'trusted',
  capabilities: ['mail'],
  spends: null,
  retry: null,
  timeoutMs: 60_000,
  errors: ['MAIL_REJECTED', 'MAIL_UNAVAILABLE', 'NOT_CONFIGURED', 'EFFECT_UNKNOWN'],
  compensation: () => ({ title: 'Offer a correction mail', reverts: false }),
  example: {
    config: {},
    inputs: { to: 'maria@example.test', subject: 'Your order of Chai', body: 'Dear Maria, …' },
  },
});
