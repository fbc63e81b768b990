import { createHash } from 'node:crypto';
import addressparser from 'nodemailer/lib/addressparser';
import type { MailMessage } from '#nodes/core/capabilities.ts';
import { NodeError } from '#nodes/core/errors.ts';

const sender = 'Solograph <solograph@localhost>';

/** Where the sender of a mail comes from, the first that is set. */
export type Senders = { settings: string | null; env: string | undefined };

/** A mail that can be handed over: every member is checked. */
export type Envelope = {
  messageId: string;
  from: string;
  to: string;
  replyTo: string | null;
  subject: string;
  text: string;
};

/**
 * Puts a mail together. Its Message-ID follows from the project and the key of the effect, so that a mail that is sent
 * again can be recognised as the same one. Errors: INPUT_INVALID with the member's name.
 */
export function envelopeOf(message: MailMessage, senders: Senders, id: { projectId: string; key: string }): Envelope {
  const from = one('from', message.from || senders.settings || senders.env || sender);
  const hash = createHash('sha256').update(`${id.projectId}:${id.key}`).digest('hex').slice(0, 40);
  return {
    messageId: `<${hash}@${hostOf(from)}>`,
    from,
    to: many('to', message.to),
    replyTo: message.replyTo ? one('replyTo', message.replyTo) : null,
    subject: line('subject', message.subject),
    text: message.text,
  };
}

function one(member: string, value: string): string {
  if (addresses(member, value).length === 1) return value;
  throw refused(member, value, 'one address, or Name <address>');
}

function many(member: string, value: string): string {
  if (addresses(member, value).length > 0) return value;
  throw refused(member, value, 'an address');
}

function addresses(member: string, value: string): string[] {
  const found = addressparser(line(member, value), { flatten: true }).map(({ address }) => address);
  if (found.some((address) => !/^[^\s@<>]+@[^\s@<>]+$/.test(address)))
    throw refused(member, value, 'an address such as maria@example.test');
  return found;
}

/** A line break in a header would let a value add headers of its own. */
function line(member: string, value: string): string {
  if (/[\r\n\0]/.test(value)) throw refused(member, value, 'on one line');
  return value;
}

function hostOf(from: string): string {
  const address = addressparser(from, { flatten: true })[0]?.address ?? '';
  const host = address.slice(address.lastIndexOf('@') + 1);
  return URL.parse(`http://${host}`)?.hostname || 'localhost';
}

function refused(member: string, value: string, wanted: string): NodeError {
  const shown = JSON.stringify(value.slice(0, 100));
  return new NodeError('INPUT_INVALID', `${member} must be ${wanted}; it is ${shown}.`, { happened: 'no' });
}
