import { expect, test } from 'vitest';
import type { Decision } from '#nodes/core/define-node.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import { tryCase } from '#nodes/testing/try-case.ts';
import declaration from './index.ts';
import run from './run.ts';

const config: JsonObject = {
  title: 'Send e-mail',
  fields: [
    { name: 'to', title: 'To', editable: false },
    { name: 'subject', title: 'Subject' },
    { name: 'body', type: 'multiline' },
    { name: 'discount', type: 'number' },
    { name: 'first', type: 'boolean', editable: false, hidden: true },
  ],
  threshold: 0.3,
  baseRisk: 0.1,
  riskRules: [
    { name: 'First contact', when: 'first', add: 0.2 },
    { name: 'Discount', when: 'discount > 0.1', add: 0.5 },
  ],
  timeoutMs: 86_400_000,
};
const inputs = {
  about: 'Maria Anders, Berlin',
  to: 'maria@example.test',
  subject: 'Hello',
  body: 'Dear Maria',
  discount: 0,
  first: true,
};
const shown = { to: 'maria@example.test', subject: 'Hello', body: 'Dear Maria', discount: 0 };

const ask = (decision?: Partial<Decision>, more: { config?: JsonObject; inputs?: JsonObject } = {}) =>
  tryCase(
    { declaration, run },
    {
      title: '',
      config: { ...config, ...more.config },
      inputs: { ...inputs, ...more.inputs },
      ...(decision ? { decision } : {}),
      ends: { waits: true },
    },
  );

test('the task shows what is proposed, about whom, and why it waits', async () => {
  const { result, world } = await ask();
  expect(result).toEqual({
    kind: 'wait',
    task: {
      kind: 'approval',
      title: 'Send e-mail',
      subject: 'Maria Anders, Berlin',
      proposal: shown,
      proposalType: expect.objectContaining({ type: 'object' }),
      editable: true,
      fields: [
        { name: 'to', title: 'To', editable: false },
        { name: 'subject', title: 'Subject', editable: true },
        { name: 'body', title: 'body', editable: true },
        { name: 'discount', title: 'discount', editable: true },
      ],
      reasons: ['First contact (+0.2)', 'The risk 0.3 reaches 0.3.'],
      risk: 0.3,
      timeoutMs: 86_400_000,
    },
  });
  expect(world.explained).toEqual([
    { kind: 'risk', base: 0.1, parts: [{ name: 'First contact', add: 0.2 }], total: 0.3, threshold: 0.3 },
  ]);
});

test('below the threshold it passes by itself, and says so', async () => {
  const { result, world } = await ask(undefined, { inputs: { first: false } });
  expect(result).toMatchObject({
    outcome: 'approved',
    output: { ...shown, first: false, decision: 'auto', edited: false, reason: 'The risk 0.1 is below 0.3.' },
  });
  expect(world.explained.at(-1)).toMatchObject({ kind: 'decision', decision: 'auto', by: 'risk rules' });
});

test('with the threshold 0 it asks however small the risk', async () => {
  const { result } = await ask(undefined, { config: { threshold: 0, baseRisk: 0 }, inputs: { first: false } });
  expect(result).toMatchObject({ kind: 'wait', task: { risk: 0, reasons: ['Always asked.'] } });
});

test('the risk stays between 0 and 1', async () => {
  const { result } = await ask(undefined, { config: { baseRisk: 0.9 }, inputs: { discount: 0.5 } });
  expect(result).toMatchObject({ task: { risk: 1 } });
});

test('what is approved goes on as it was proposed, hidden values included', async () => {
  const { result, world } = await ask({ decision: 'approve', by: 'anna@example.test' });
  expect(result).toMatchObject({
    outcome: 'approved',
    output: { ...shown, first: true, decision: 'approved', edited: false, by: 'anna@example.test', reason: null },
  });
  expect(world.explained.at(-1)).toMatchObject({ kind: 'decision', decision: 'approved', by: 'anna@example.test' });
});

test('what is edited goes on as edited', async () => {
  const { result } = await ask({ edited: true, value: { ...shown, body: 'Dear Mrs Anders' } });
  expect(result).toMatchObject({ output: { ...shown, body: 'Dear Mrs Anders', decision: 'approved', edited: true } });
});

test('an edit that changes nothing does not count as one', async () => {
  expect((await ask({ edited: true, value: shown })).result).toMatchObject({ output: { edited: false } });
});

test.each<[string, JsonObject, string]>([
  ['of the wrong kind', { discount: '10 %' }, 'discount: expected number, got "10 %". Correct it.'],
  ['that is taken away', { subject: null }, 'Subject (subject): expected text, got null. Correct it.'],
  ['that may not be edited', { to: 'other@example.test' }, 'To (to) may not be edited. Leave it as it was proposed.'],
  ['that is hidden', { first: false }, 'There is no field "first" to decide on. Leave it out.'],
  ['that does not exist', { bcc: 'all@example.test' }, 'There is no field "bcc" to decide on. Leave it out.'],
])('an edit of a field %s is refused by its name', async (_what, edit, message) => {
  const { failure } = await ask({ edited: true, value: { ...shown, ...edit } });
  expect(failure).toMatchObject({ code: 'INPUT_INVALID', message });
});

test('a rejected proposal leaves by rejected as it was proposed, whatever was typed before', async () => {
  const { result } = await ask({ decision: 'reject', reason: 'Too early.', value: { ...shown, body: 'half-edited' } });
  expect(result).toMatchObject({
    outcome: 'rejected',
    output: { body: 'Dear Maria', decision: 'rejected', edited: false, reason: 'Too early.' },
  });
});

test('when nobody decides in time it leaves by timeout', async () => {
  const { result } = await ask({ decision: 'timeout', by: 'clock' });
  expect(result).toMatchObject({ outcome: 'timeout', output: { decision: 'timeout', by: 'clock' } });
});

test('a risk rule that cannot be evaluated lets nothing pass', async () => {
  const riskRules = [{ name: 'Broken', when: 'first + 1', add: -1 }];
  const { failure } = await ask(undefined, { config: { riskRules } });
  expect(failure).toMatchObject({ code: 'EXPRESSION_FAILED', message: expect.stringContaining('"Broken"') });
});

test('a field may not have a name that the node uses itself, nor that of another', () => {
  const fields = [{ name: 'decision' }, { name: 'a' }, { name: 'a' }];
  expect(declaration.check?.(declaration.config.parse({ fields }))).toMatchObject([
    { field: 'fields[0].name' },
    { field: 'fields[2].name' },
  ]);
});
