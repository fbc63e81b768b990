import type { JsonObject } from '#nodes/core/json.ts';
import type { NodeCase } from '#nodes/testing/node-case.ts';

const config: JsonObject = {
  fields: [
    { name: 'doNotContact', type: 'boolean' },
    { name: 'days', type: 'number' },
  ],
  rules: [
    { name: 'Do not contact', when: 'doNotContact', effect: 'deny', message: 'Asked not to be contacted.' },
    { name: 'Long silence', when: 'days > 100', effect: 'allow' },
    { name: 'Contacted lately', when: 'days < 14', effect: 'deny' },
  ],
};

export default [
  {
    title: 'blocks by the first rule that applies',
    config,
    inputs: { doNotContact: true, days: 200 },
    ends: { outcome: 'blocked' },
  },
  {
    title: 'passes by a rule that allows',
    config,
    inputs: { doNotContact: false, days: 200 },
    ends: { outcome: 'pass' },
  },
  {
    title: 'passes where no rule applies',
    config,
    inputs: { doNotContact: false, days: 50 },
    ends: { outcome: 'pass' },
  },
  {
    title: 'blocks where no rule applies and the rest is denied',
    config: { ...config, default: 'deny' },
    inputs: { doNotContact: false, days: 50 },
    ends: { outcome: 'blocked' },
  },
  {
    title: 'lets nothing pass by a rule that cannot be evaluated',
    config: { fields: [{ name: 'customer', type: 'object' }], rules: [{ name: 'Blocked', when: 'customer.blocked' }] },
    inputs: { customer: {} },
    ends: { code: 'EXPRESSION_FAILED' },
  },
] satisfies NodeCase[];
