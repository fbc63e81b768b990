import type { MailCapability } from '#nodes/core/capabilities.ts';
import { NodeError } from '#nodes/core/errors.ts';
import { respond, type StepScope, type WorldState } from './state.ts';

/** A mail server that delivers once per step, whatever the number of attempts. */
export function mailIn(state: WorldState, step: StepScope): MailCapability {
  return {
    async send(message) {
      await respond(state);
      const earlier = state.mails.get(step.idempotencyKey);
      if (earlier) return earlier.receipt;
      if (state.rejectedAddresses.has(message.to))
        throw new NodeError('MAIL_REJECTED', `The mail server turned away "${message.to}".`, { happened: 'no' });
      const receipt = {
        messageId: `<${step.idempotencyKey}@mail.test>`,
        delivery: state.withoutSmtp ? ('outbox' as const) : ('smtp' as const),
        response: state.withoutSmtp ? 'kept' : '250 OK',
        at: state.now,
      };
      state.mails.set(step.idempotencyKey, { message, receipt });
      return receipt;
    },
  };
}
