import { expect, test } from 'vitest';
import type { JsonObject } from '#nodes/core/json.ts';
import { tryCase } from '#nodes/testing/try-case.ts';
import declaration from './index.ts';
import run from './run.ts';

const rules: { name: string; when: string; effect: string; message?: string }[] = [
  { name: 'Known friend', when: 'customer.friend == true', effect: 'allow' },
  {
    name: 'Do not contact',
    when: 'customer.doNotContact == true',
    effect: 'deny',
    message: 'Asked not to be contacted.',
  },
  { name: 'Contacted lately', when: 'days < 14', effect: 'deny' },
];
const config: JsonObject = {
  fields: [
    { name: 'customer', type: 'object' },
    { name: 'days', type: 'number' },
  ],
  rules,
};
const check = (inputs: JsonObject, more: JsonObject = {}) =>
  tryCase({ declaration, run }, { title: '', config: { ...config, ...more }, inputs, ends: { outcome: 'pass' } });
const customer = { friend: false, doNotContact: false };

test('the first rule that applies decides, and the later ones are not asked', async () => {
  const { result, world } = await check({ customer: { ...customer, doNotContact: true }, days: 3 });
  expect(result).toMatchObject({
    outcome: 'blocked',
    output: { rule: 'Do not contact', message: 'Asked not to be contacted.' },
  });
  expect(world.explained).toMatchObject([
    { kind: 'rule', name: 'Known friend', result: false, deciding: false },
    { kind: 'rule', name: 'Do not contact', result: true, deciding: true, expr: 'customer.doNotContact == true' },
  ]);
});

test('a rule that allows overrules the ones below it', async () => {
  expect((await check({ customer: { friend: true, doNotContact: true }, days: 3 })).result).toMatchObject({
    outcome: 'pass',
    output: { rule: 'Known friend', message: 'Known friend' },
  });
});

test('where no rule applies, the outcome names none', async () => {
  const { result, world } = await check({ customer, days: 40 });
  expect(result).toMatchObject({ outcome: 'pass', output: { rule: '', message: '' } });
  expect(world.explained.at(-1)).toMatchObject({ kind: 'rule', name: 'Otherwise', deciding: true });
});

test('with "deny" for the rest, what no rule allows is blocked', async () => {
  expect((await check({ customer, days: 40 }, { default: 'deny' })).result).toMatchObject({
    outcome: 'blocked',
    output: { rule: '', message: 'No rule allows it.' },
  });
});

test.each(['customer.missing == true', 'days', 'days <', 'unknown == 1'])(
  'the rule "%s" lets nothing pass, and the failure names it',
  async (when) => {
    const { failure } = await check({ customer, days: 40 }, { rules: [{ name: 'Broken', when }] });
    expect(failure).toMatchObject({ code: 'EXPRESSION_FAILED', message: expect.stringMatching(/^Rule "Broken" /) });
  },
);

test('the compiler is given each rule to check', () => {
  expect(declaration.expressions?.(declaration.config.parse(config))).toEqual(
    rules.map(({ when }, index) => ({ path: `rules[${index}].when`, expr: when, expects: 'boolean' })),
  );
});

test('names that stand twice are problems to be mended', () => {
  const rule = { name: 'R', when: 'true' };
  const twice = declaration.config.parse({ fields: [{ name: 'a' }, { name: 'a' }], rules: [rule, rule] });
  expect(declaration.check?.(twice)).toMatchObject([{ field: 'fields[1].name' }, { field: 'rules[1].name' }]);
});
