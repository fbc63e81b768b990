import type { Decision, Mended, NodeContext, NodeRun, TaskRequest } from '#nodes/core/define-node.ts';
import { NodeError } from '#nodes/core/errors.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import { t } from '#nodes/core/types.ts';
import { headerValue, namedAddress, oneAddress } from './address.ts';
import type { Config } from './index.ts';

type Inputs = { to: string; subject: string; body: string; from?: string | null; replyTo?: string | null };

export default {
  async run(ctx, { inputs }) {
    return { kind: 'done', outcome: 'sent', output: await send(ctx, inputs) };
  },
  async compensate(ctx, { inputs }, { output }) {
    ctx.signal.throwIfAborted();
    const { delivery } = output as { delivery: string };
    const summary =
      delivery === 'smtp'
        ? `The mail to ${inputs.to} has left and cannot be taken back.`
        : `The mail to ${inputs.to} lies in the Outbox; it was not sent.`;
    return { kind: 'offered', summary: `${summary} A correction is offered.`, task: correctionOf(inputs, summary) };
  },
  async compensateDecided(ctx, { inputs }, { decision, value, reason }: Decision): Promise<Mended> {
    ctx.signal.throwIfAborted();
    if (decision !== 'approve')
      return { kind: 'declined', summary: `No correction was sent${reason ? `: ${reason}` : '.'}` };
    const { to, subject, text } = value as { to: string; subject: string; text: string };
    const sent = await send(ctx, { ...inputs, to, subject, body: text });
    const summary =
      sent.delivery === 'smtp'
        ? `A correction was sent to ${to}.`
        : `A correction to ${to} lies in the Outbox, not sent.`;
    return { kind: 'mended', summary, details: sent };
  },
} satisfies NodeRun<Config, Inputs>;

async function send(ctx: NodeContext, inputs: Inputs): Promise<JsonObject> {
  ctx.signal.throwIfAborted();
  const subject = headerValue('subject', inputs.subject);
  if (subject === '') throw new NodeError('INPUT_INVALID', 'subject is empty. Give one.', { happened: 'no' });
  if (inputs.body.trim() === '')
    throw new NodeError('INPUT_INVALID', 'body is empty. Bind it to the text of the e-mail.', { happened: 'no' });
  const { messageId, delivery, response, at } = await ctx.mail.send({
    to: oneAddress('to', inputs.to),
    subject,
    text: inputs.body,
    ...(inputs.from ? { from: namedAddress('from', inputs.from) } : {}),
    ...(inputs.replyTo ? { replyTo: namedAddress('replyTo', inputs.replyTo) } : {}),
  });
  const receipt = { messageId, delivery, response, at };
  ctx.explain({ kind: 'effect', effect: 'mail.send', key: ctx.idempotencyKey, receipt });
  ctx.log(
    delivery === 'smtp'
      ? `sent to ${inputs.to}, ${messageId}`
      : `kept in the Outbox for ${inputs.to}: no mail server is set`,
  );
  return { messageId, delivery, at };
}

/** The mail that the operator may edit and approve. */
function correctionOf({ to, subject, body }: Inputs, reason: string): TaskRequest {
  const quoted = body
    .trim()
    .split('\n')
    .map((line) => `> ${line}`);
  const text = ['Please disregard my earlier message, quoted below. I am sorry for the mistake.', '', ...quoted].join(
    '\n',
  );
  return {
    kind: 'approval',
    title: 'Send a correction',
    subject: to,
    proposal: { to, subject: `Correction: ${subject}`, text },
    proposalType: t.object({
      to: t.string({ format: 'email' }),
      subject: t.string(),
      text: t.string({ format: 'multiline' }),
    }),
    editable: true,
    fields: [
      { name: 'to', title: 'To', editable: true },
      { name: 'subject', title: 'Subject', editable: true },
      { name: 'text', title: 'Text', editable: true },
    ],
    reasons: [reason],
    risk: 0.4,
    timeoutMs: null,
  };
}
