import { randomUUIDv7 } from 'node:crypto';
import type { MailCapability, MailReceipt } from '#nodes/core/capabilities.ts';
import { storedText } from '#server/db/stored-text.ts';
import { cancelled, refuseIfCancelled } from '../abort.ts';
import type { StepScope } from '../step-scope.ts';
import { failureOf } from './delivery-failure.ts';
import { type Envelope, envelopeOf } from './message.ts';
import { DeliveryFailed, type MailTransport } from './transport.ts';

export type MailDeps = {
  /** Null: no SMTP server is set, mail stays in the Outbox. */
  mail: { transport: MailTransport; server: string } | null;
  /** MAIL_FROM of the environment. */
  mailFrom: string | undefined;
};

/** Mail of one step: over SMTP, or into the local Outbox where no server is set. One effect either way. */
export function createMailCapability(deps: MailDeps, step: StepScope): MailCapability {
  const senders = { settings: step.settings.mailFrom, env: deps.mailFrom };
  let mails = 0;
  return {
    async send(message) {
      refuseIfCancelled(step.signal);
      // Numbered like the ledger numbers effects: its key is not known before the intent is written.
      const key = mails === 0 ? step.key : `${step.key}:${mails}`;
      mails += 1;
      const envelope = envelopeOf(message, senders, { projectId: step.projectId, key });
      const { mail } = deps;
      const delivery: MailReceipt['delivery'] = mail ? 'smtp' : 'outbox';
      const ifHappened = {
        messageId: envelope.messageId,
        delivery,
        response: 'Confirmed by the operator.',
        at: Date.now(),
      };
      const effect = { kind: 'email', intent: { ...envelope, delivery, ifHappened }, unsafe: mail !== null };
      const act = () => (mail ? deliver(mail, envelope, step.signal) : keep(step, envelope));
      return await step.effects.perform<MailReceipt>(effect, act);
    },
  };
}

type Server = NonNullable<MailDeps['mail']>;

async function deliver({ transport, server }: Server, envelope: Envelope, signal: AbortSignal): Promise<MailReceipt> {
  refuseIfCancelled(signal);
  const { messageId, replyTo, ...mail } = envelope;
  try {
    const { response, rejected } = await transport.send({
      ...mail,
      messageId,
      ...(replyTo ? { replyTo } : {}),
      date: new Date(),
      signal,
    });
    const refused = rejected.length > 0 ? ` (not to ${rejected.join(', ')})` : '';
    return { messageId, delivery: 'smtp', response: `${response}${refused}`, at: Date.now() };
  } catch (error) {
    if (!(error instanceof DeliveryFailed)) throw error;
    if (signal.aborted) throw cancelled(signal, error.begun ? 'unknown' : 'no');
    throw failureOf(error, server);
  }
}

async function keep(step: StepScope, { messageId, from, to, subject, text }: Envelope): Promise<MailReceipt> {
  await step.db.query(
    `insert into outbox_mail (id, project_id, message_id, run_id, "from", "to", subject, text)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (message_id) do nothing`,
    [randomUUIDv7(), step.projectId, messageId, step.runId.toString(), from, to, subject, storedText(text)],
  );
  return {
    messageId,
    delivery: 'outbox',
    response: 'Kept in the Outbox and not sent: no mail server is set. Set SMTP_URL to send.',
    at: Date.now(),
  };
}
