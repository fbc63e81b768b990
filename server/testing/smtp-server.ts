import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

/** A mail as the server took it. */
export type ReceivedMail = { from: string; to: string[]; raw: string; parsed: ParsedMail };

/** How the server behaves for one mail. */
export type SmtpReply =
  | { kind: 'take' }
  /** Answers a code to RCPT TO, or to the text of the mail. */
  | { kind: 'refuse'; at: 'recipient' | 'text'; code: number; text: string }
  /** Cuts the connection before it says "go ahead" to DATA. */
  | { kind: 'cut-before-text' }
  /** Takes the mail, and cuts the connection before it says so. */
  | { kind: 'cut-after-text' };

export type TestSmtpServer = {
  /** For SMTP_URL. */
  url: string;
  mails: ReceivedMail[];
  connections: () => number;
  script: (...replies: SmtpReply[]) => void;
  close: () => Promise<void>;
};

type Login = { user: string; pass: string };

/** A real SMTP server on loopback that keeps the mails it takes. With `login` it takes none without it. */
export async function smtpServer(login: Login | null = null): Promise<TestSmtpServer> {
  const mails: ReceivedMail[] = [];
  const scripted: SmtpReply[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', ...(login ? [] : ['AUTH' as const])],
    disableReverseLookup: true,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === login?.user && password === login?.pass
        ? done(null, { user: username })
        : done(new Error('Wrong user name or password')),
    onRcptTo(_address, _session, done) {
      const [next] = scripted;
      if (next?.kind === 'cut-before-text') {
        scripted.shift();
        return cut();
      }
      if (next?.kind !== 'refuse' || next.at !== 'recipient') return done();
      scripted.shift();
      done(refusal(next));
    },
    onData(stream, session, done) {
      take(stream, session).then(
        (mail) => {
          const reply = scripted.shift() ?? { kind: 'take' };
          if (reply.kind === 'refuse') return done(refusal(reply));
          mails.push(mail);
          if (reply.kind === 'cut-after-text') return cut();
          done();
        },
        (error: Error) => done(error),
      );
    },
  });
  server.on('error', () => undefined); // A connection that the test cut.
  server.server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const who = login ? `${encodeURIComponent(login.user)}:${encodeURIComponent(login.pass)}@` : '';
  return {
    url: `smtp://${who}127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    connections: () => connections,
    script: (...replies) => void scripted.push(...replies),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}

async function take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<ReceivedMail> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const { mailFrom, rcptTo } = session.envelope;
  return {
    from: mailFrom === false ? '' : mailFrom.address,
    to: rcptTo.map(({ address }) => address),
    raw: raw.toString(),
    parsed: await simpleParser(raw),
  };
}

function refusal({ code, text }: { code: number; text: string }): Error {
  return Object.assign(new Error(text), { responseCode: code });
}
