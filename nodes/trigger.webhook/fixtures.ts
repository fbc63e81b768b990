import type { NodeCase } from '#nodes/testing/node-case.ts';

const schema = { type: 'object', properties: { email: { type: 'string' } }, required: ['email'] };
const request = {
  headers: { 'Content-Type': 'application/json' },
  query: { from: 'shop' },
  receivedAt: 1_768_467_600_000,
};

export default [
  {
    title: 'gives any body where no schema is declared',
    inputs: { ...request, body: 'plain text' },
    ends: { outcome: 'fired' },
  },
  {
    title: 'gives a body that fits the schema',
    config: { schema },
    inputs: { ...request, body: { email: 'maria@example.test', extra: 1 } },
    ends: { outcome: 'fired' },
  },
  {
    title: 'refuses a body that does not fit the schema',
    config: { schema },
    inputs: { ...request, body: { mail: 'maria@example.test' } },
    ends: { code: 'INPUT_INVALID' },
  },
  {
    title: 'refuses a schema with a regular expression',
    config: { schema: { type: 'string', pattern: '(a+)+$' } },
    inputs: { ...request, body: 'a' },
    ends: { code: 'CONFIG_INVALID' },
  },
] satisfies NodeCase[];
