import type { NodeRun } from '#nodes/core/define-node.ts';
import { NodeError } from '#nodes/core/errors.ts';
import { headerValue, namedAddress, oneAddress } from './address.ts';
import type { Config } from './index.ts';

type Inputs = { to: string; subject: string; body: string; from?: string | null; replyTo?: string | null };

export default {
  async run(ctx, { inputs }) {
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
    return { kind: 'done', outcome: 'sent', output: { messageId, delivery, at } };
  },
} satisfies NodeRun<Config, Inputs>;
