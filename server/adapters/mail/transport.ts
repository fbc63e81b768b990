import { createTransport } from 'nodemailer';

type Transporter = ReturnType<typeof openPool>;
type Message = Parameters<Transporter['sendMail']>[0] & { messageId: string; signal?: AbortSignal };
export type Delivery = { response: string; rejected: string[] };

/** Mails over one SMTP server. */
export type MailTransport = {
  /** Sends a mail. Throws DeliveryFailed. */
  send(message: Message): Promise<Delivery>;
  close(): void;
};

/** A mail was not delivered, or it is not known whether it was. */
export class DeliveryFailed extends Error {
  /** The server was about to get the text, or has got it: it may have accepted the mail. */
  readonly begun: boolean;

  constructor(cause: unknown, begun: boolean) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'DeliveryFailed';
    this.begun = begun;
  }
}

function openPool(url: string) {
  return createTransport({
    url,
    pool: true,
    maxConnections: 4,
    maxMessages: 200,
    maxRequeues: 1, // The engine retries, durably and visibly.
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 45_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** Opens a small pool of connections to an SMTP server; the first mail connects. */
export function openMailTransport(url: string): MailTransport {
  const pool = openPool(url);
  // The text of a mail is read only after the server said "go ahead" to DATA. Whether reading has begun is therefore
  // what tells a mail that was certainly not sent from one that may have been.
  const texts = new Map<string, { readableDidRead: boolean }[]>();
  pool.use('stream', (mail, done) => {
    const create = mail.message.createReadStream.bind(mail.message);
    mail.message.createReadStream = (options) => {
      const text = create(options);
      texts.get(String(mail.data.messageId))?.push(text);
      return text;
    };
    done();
  });
  return {
    async send(message) {
      const read: { readableDidRead: boolean }[] = [];
      texts.set(message.messageId, read);
      try {
        const { response, rejected } = await pool.sendMail(message);
        return { response, rejected: rejected.map(String) };
      } catch (error) {
        throw new DeliveryFailed(
          error,
          read.some((text) => text.readableDidRead),
        );
      } finally {
        texts.delete(message.messageId);
      }
    },
    close: () => pool.close(),
  };
}
