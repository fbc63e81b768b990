import type { Pool } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NodeError } from '#nodes/core/errors.ts';
import { type TestDatabase, testDatabase } from '#server/testing/database.ts';
import { smtpServer, type TestSmtpServer } from '#server/testing/smtp-server.ts';
import { type StepOptions, type TestRun, testRun } from '#server/testing/step-scope.ts';
import { createMailCapability } from './create-mail.ts';
import { type MailTransport, openMailTransport } from './transport.ts';

const message = {
  to: 'maria@example.test',
  subject: 'Grüße aus Köln — 你好',
  text: 'Hello Maria,\n\nbis bald: äöü 你好.\n',
};

let database: TestDatabase;
let db: Pool;
let run: TestRun;
let server: TestSmtpServer;
let transport: MailTransport;
let paths = 0;

beforeAll(async () => {
  database = await testDatabase();
  db = database.pool;
  run = await testRun(db);
});
afterAll(async () => await database.close());
beforeEach(async () => {
  server = await smtpServer();
  transport = openMailTransport(server.url);
});
afterEach(async () => {
  transport.close();
  await server.close();
});

const nextPath = () => `leads:${paths++}`;

async function mailer(options: StepOptions & { outbox?: boolean } = {}) {
  const { outbox = false, ...step } = options;
  const { scope, cancel } = await run.attempt({ path: nextPath(), ...step });
  const mail = outbox ? null : { transport, server: new URL(server.url).host };
  return { scope, cancel, send: createMailCapability({ mail, mailFrom: undefined }, scope).send };
}

async function failure(sending: Promise<unknown>): Promise<NodeError> {
  const thrown: unknown = await sending.then(
    () => null,
    (error: unknown) => error,
  );
  if (thrown instanceof NodeError) return thrown;
  throw new Error(`It did not fail with a code: ${String(thrown)}`);
}

const effectOf = async (key: string) => (await db.query('select * from effect where key = $1', [key])).rows[0];

describe('a mail', () => {
  it('arrives once, with well-formed headers and its text in any script', async () => {
    const { scope, send } = await mailer({ settings: { mailFrom: 'Åsa Öberg <asa@shop.example.test>' } });
    const receipt = await send({ ...message, replyTo: 'Desk <desk@shop.example.test>' });
    expect(server.mails).toHaveLength(1);
    const [mail] = server.mails;
    expect(mail).toMatchObject({ from: 'asa@shop.example.test', to: ['maria@example.test'] });
    expect(mail?.parsed.subject).toBe(message.subject);
    expect(mail?.parsed.text?.trim()).toBe(message.text.trim());
    expect(mail?.parsed.from?.value).toEqual([{ address: 'asa@shop.example.test', name: 'Åsa Öberg' }]);
    expect(mail?.parsed.replyTo?.value[0]?.address).toBe('desk@shop.example.test');
    expect(mail?.parsed.messageId).toBe(receipt.messageId);
    expect(receipt.messageId).toMatch(/^<[0-9a-f]{40}@shop\.example\.test>$/);
    expect(Math.abs(Number(mail?.parsed.date) - Date.now())).toBeLessThan(10_000);
    const headers = mail?.raw.slice(0, mail.raw.indexOf('\r\n\r\n')) ?? '';
    expect([...headers].every((letter) => letter.charCodeAt(0) < 127)).toBe(true);
    for (const line of headers.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998);
    expect(receipt).toMatchObject({ delivery: 'smtp' });
    expect(receipt.response).toMatch(/^250/);
    expect(await effectOf(scope.key)).toMatchObject({ kind: 'email', status: 'done', receipt });
  });

  it('is not sent again by a later attempt: the receipt is answered', async () => {
    const path = nextPath();
    const first = await (await mailer({ path })).send(message);
    const second = await (await mailer({ path, attempt: 2 })).send(message);
    expect(second).toEqual(first);
    expect(server.mails).toHaveLength(1);
  });

  it('has a Message-ID of its own in each step', async () => {
    const ids = [(await (await mailer()).send(message)).messageId, (await (await mailer()).send(message)).messageId];
    expect(new Set(ids).size).toBe(2);
  });

  it('goes over few connections, however many are sent at once', async () => {
    const mailers = await Promise.all(Array.from({ length: 40 }, () => mailer()));
    await Promise.all(mailers.map(({ send }) => send(message)));
    expect(server.mails).toHaveLength(40);
    expect(server.connections()).toBeLessThanOrEqual(4);
  });

  it('is refused before anything is sent where an address cannot be one', async () => {
    const { send } = await mailer();
    const wrong = { ...message, to: 'maria@example.test\r\nBcc: all@example.test' };
    expect(await failure(send(wrong))).toMatchObject({ code: 'INPUT_INVALID', happened: 'no' });
    expect(await failure(send({ ...message, to: 'nobody' }))).toMatchObject({ code: 'INPUT_INVALID' });
    expect(await failure(send({ ...message, subject: 'a\nBcc: x@y.z' }))).toMatchObject({ code: 'INPUT_INVALID' });
    expect(server.mails).toHaveLength(0);
  });
});

describe('without a mail server', () => {
  it('a mail is kept in the Outbox, once, and said not to be sent', async () => {
    const path = nextPath();
    const first = await (await mailer({ path, outbox: true })).send(message);
    const again = await (await mailer({ path, attempt: 2, outbox: true })).send(message);
    expect(again).toEqual(first);
    expect(first.delivery).toBe('outbox');
    expect(first.response).toContain('not sent');
    const { rows } = await db.query('select * from outbox_mail where message_id = $1', [first.messageId]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      project_id: run.projectId,
      to: message.to,
      from: 'Solograph <solograph@localhost>',
    });
    expect(rows[0]).toMatchObject({ subject: message.subject, text: message.text });
  });
});

describe('a mail that the server refuses', () => {
  it.each([
    ['recipient', 550, 'MAIL_REJECTED'],
    ['text', 554, 'MAIL_REJECTED'],
    ['recipient', 450, 'MAIL_UNAVAILABLE'],
    ['text', 421, 'MAIL_UNAVAILABLE'],
  ] as const)('at the %s with %i was not sent: %s', async (at, code, expected) => {
    server.script({ kind: 'refuse', at, code, text: 'No thanks' });
    const { scope, send } = await mailer();
    const error = await failure(send(message));
    expect(error).toMatchObject({ code: expected, happened: 'no' });
    expect(error.message).toContain('No thanks');
    expect(server.mails).toHaveLength(0);
    expect(await effectOf(scope.key)).toMatchObject({ status: 'failed' });
  });

  it('for now can be sent by a later attempt, once', async () => {
    const path = nextPath();
    server.script({ kind: 'refuse', at: 'text', code: 451, text: 'Later' });
    await failure((await mailer({ path })).send(message));
    const { messageId } = await (await mailer({ path, attempt: 2 })).send(message);
    expect(server.mails.map((mail) => mail.parsed.messageId)).toEqual([messageId]);
  });
});

describe('a connection that fails', () => {
  it('before the text went out means that nothing was sent', async () => {
    server.script({ kind: 'cut-before-text' }, { kind: 'cut-before-text' });
    const { scope, send } = await mailer();
    expect(await failure(send(message))).toMatchObject({ code: 'MAIL_UNAVAILABLE', happened: 'no' });
    expect(await effectOf(scope.key)).toMatchObject({ status: 'failed' });
  });

  it('because there is no server means that nothing was sent', async () => {
    await server.close();
    expect(await failure((await mailer()).send(message))).toMatchObject({ code: 'MAIL_UNAVAILABLE', happened: 'no' });
    server = await smtpServer();
  });

  it('after the text went out leaves it open, and the mail is never sent again without asking', async () => {
    const path = nextPath();
    server.script({ kind: 'cut-after-text' });
    const { scope, send } = await mailer({ path });
    expect(await failure(send(message))).toMatchObject({ code: 'EFFECT_UNKNOWN', details: { effectKey: scope.key } });
    expect(await failure((await mailer({ path, attempt: 2 })).send(message))).toMatchObject({ code: 'EFFECT_UNKNOWN' });
    expect(server.mails).toHaveLength(1);
    const effect = await effectOf(scope.key);
    expect(effect).toMatchObject({ status: 'unknown' });
    expect(effect.intent.ifHappened).toMatchObject({ delivery: 'smtp', messageId: server.mails[0]?.parsed.messageId });
  });

  it('by the operator before anything was sent is a cancellation', async () => {
    const { send, cancel } = await mailer();
    cancel();
    expect(await failure(send(message))).toMatchObject({ code: 'CANCELLED', happened: 'no' });
    expect(server.mails).toHaveLength(0);
  });
});

describe('a server that wants a login', () => {
  it('gets it, and a wrong one is told apart', async () => {
    const guarded = await smtpServer({ user: 'op', pass: 'p@ss' });
    const sendOver = async (url: string) => {
      const own = openMailTransport(url);
      const { scope } = await run.attempt({ path: nextPath() });
      const mail = { transport: own, server: new URL(url).host };
      try {
        return await createMailCapability({ mail, mailFrom: undefined }, scope).send(message);
      } finally {
        own.close();
      }
    };
    await sendOver(guarded.url);
    expect(guarded.mails).toHaveLength(1);
    const error = await failure(sendOver(guarded.url.replace('p%40ss', 'wrong')));
    expect(error).toMatchObject({ code: 'MAIL_REJECTED', happened: 'no' });
    expect(error.message).toContain('SMTP_URL');
    expect(error.message).not.toContain('wrong@');
    await guarded.close();
  });
});
