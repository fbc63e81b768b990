import { describe, expect, test } from 'vitest';
import type { Decision } from '#nodes/core/define-node.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import { checkValue } from '#nodes/core/types.ts';
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

describe('taking it back', () => {
  const inputs = { ...mail, from: 'anna@example.test' };
  const offered = async (seed: Parameters<typeof createWorld>[0] = {}) => {
    const world = createWorld(seed);
    const args = { config: {}, inputs };
    const { outcome, output } = await run.run(world.context(), args);
    const ctx = world.context({ idempotencyKey: 'run1:step1:!undo' });
    const answer = await run.compensate(ctx, args, { key: 'run1:step1:', outcome, output, receipts: [] });
    const decide = (decision: Partial<Decision>) =>
      run.compensateDecided(ctx, args, {
        decision: 'approve',
        value: answer.task.proposal,
        edited: false,
        reason: null,
        by: 'operator@example.test',
        at: 0,
        ...decision,
      });
    return { world, answer, decide };
  };

  test('is not possible: a correction is offered, which the operator may edit, and nothing is sent before', async () => {
    const { world, answer } = await offered();
    expect(declaration.compensation?.({})).toMatchObject({ reverts: false });
    expect(answer).toMatchObject({
      kind: 'offered',
      summary: 'The mail to maria@example.test has left and cannot be taken back. A correction is offered.',
      task: {
        editable: true,
        proposal: {
          to: 'maria@example.test',
          subject: 'Correction: Your order',
          text: expect.stringContaining('> Dear Maria'),
        },
      },
    });
    expect(checkValue(answer.task.proposalType, answer.task.proposal)).toBeNull();
    expect(world.state.mails.size).toBe(1);
  });

  test('the approved correction is sent once, as it was edited, from the same sender', async () => {
    const { world, decide } = await offered();
    const value = { to: 'maria@example.test', subject: 'Correction', text: 'Sorry.' };
    const first = await decide({ value, edited: true });
    expect(first).toMatchObject({ kind: 'mended', summary: 'A correction was sent to maria@example.test.' });
    expect(await decide({ value, edited: true })).toEqual(first);
    expect([...world.state.mails.values()].at(-1)?.message).toEqual({
      to: 'maria@example.test',
      subject: 'Correction',
      text: 'Sorry.',
      from: 'anna@example.test',
    });
    expect(world.state.mails.size).toBe(2);
  });

  test.each([
    ['reject', 'Not needed', 'No correction was sent: Not needed'],
    ['timeout', null, 'No correction was sent.'],
  ] as const)('after %s nothing is sent', async (decision, reason, summary) => {
    const { world, decide } = await offered();
    expect(await decide({ decision, reason })).toEqual({ kind: 'declined', summary });
    expect(world.state.mails.size).toBe(1);
  });

  test('an edited address that is none is refused by its name', async () => {
    const { decide } = await offered();
    const value = { to: 'maria', subject: 'Correction', text: 'Sorry.' };
    await expect(decide({ value })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  test('what lies in the Outbox is said to be there, the correction too', async () => {
    const { answer, decide } = await offered({ withoutSmtp: true });
    expect(answer.task.reasons).toEqual(['The mail to maria@example.test lies in the Outbox; it was not sent.']);
    expect(await decide({})).toMatchObject({ summary: expect.stringContaining('lies in the Outbox') });
  });
});
