import { expect, test } from 'vitest';
import type { JsonObject } from '#nodes/core/json.ts';
import { createWorld } from '#nodes/testing/capabilities.ts';
import { tryCase } from '#nodes/testing/try-case.ts';
import declaration from './index.ts';
import run from './run.ts';

const mail = { to: 'maria@example.test', subject: 'Your order', body: 'Dear Maria' };
const send = (inputs: JsonObject, world = {}) =>
  tryCase({ declaration, run }, { title: '', inputs: { ...mail, ...inputs }, world, ends: { outcome: 'sent' } });

test.each([
  ['to', 'maria@example.test\r\nBcc: all@example.test'],
  ['subject', 'Hello\nBcc: all@example.test'],
  ['subject', 'Hello\u0000'],
  ['from', 'Anna\r\n <anna@example.test>'],
  ['replyTo', 'anna@example.test\nX: y'],
])('a line break in %s sends nothing, since it would add a header', async (port, value) => {
  const { failure, world } = await send({ [port]: value });
  expect(failure).toMatchObject({
    code: 'INPUT_INVALID',
    happened: 'no',
    message: expect.stringMatching(`^${port} has`),
  });
  expect(world.calls).toEqual([]);
});

test.each([
  ['to', 'maria'],
  ['to', 'maria@example.test, thomas@example.test'],
  ['to', 'Maria <maria@example.test>'],
  ['to', ''],
  ['from', 'Anna <anna>'],
  ['from', 'anna@example.test <other@example.test>'],
  ['from', 'a@example.test, b@example.test <c@example.test>'],
  ['replyTo', '>'],
])('%s "%s" is refused by its name before anything is sent', async (port, value) => {
  const { failure, world } = await send({ [port]: value });
  expect(failure).toMatchObject({
    code: 'INPUT_INVALID',
    message: expect.stringMatching(`^${port} must be one address`),
  });
  expect(world.calls).toEqual([]);
});

test.each<JsonObject>([{ subject: ' ' }, { body: '\n' }])('an e-mail without %j is not sent', async (inputs) => {
  expect((await send(inputs)).failure).toMatchObject({ code: 'INPUT_INVALID', happened: 'no' });
});

test('sender and address for answers may have names', async () => {
  const { world } = await send({ from: '"Northwind" Foods <sales@example.test>', replyTo: 'anna@example.test' });
  expect([...world.state.mails.values()]).toMatchObject([
    {
      message: {
        to: 'maria@example.test',
        text: 'Dear Maria',
        from: '"Northwind" Foods <sales@example.test>',
        replyTo: 'anna@example.test',
      },
    },
  ]);
});

test('without a mail server the outcome says that it lies in the Outbox', async () => {
  const { result } = await send({}, { withoutSmtp: true });
  expect(result).toMatchObject({ outcome: 'sent', output: { delivery: 'outbox' } });
});

test('a repeated attempt sends one mail, with one Message-ID', async () => {
  const world = createWorld();
  const args = { config: {}, inputs: mail };
  const first = await run.run(world.context({ attempt: 1 }), args);
  const second = await run.run(world.context({ attempt: 2 }), args);
  expect(second).toEqual(first);
  expect(world.state.mails.size).toBe(1);
});

test('the provenance holds the receipt of the server', async () => {
  const { world } = await send({});
  expect(world.explained).toMatchObject([
    { kind: 'effect', effect: 'mail.send', key: 'run1:step1:', receipt: { delivery: 'smtp', response: '250 OK' } },
  ]);
});
