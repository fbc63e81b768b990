import type { JsonObject } from '#nodes/core/json.ts';
import type { NodeCase } from '#nodes/testing/node-case.ts';

const config: JsonObject = {
  title: 'Send e-mail',
  fields: [
    { name: 'to', title: 'To', editable: false },
    { name: 'body', type: 'multiline' },
    { name: 'first', type: 'boolean', editable: false, hidden: true },
  ],
  threshold: 0.5,
  baseRisk: 0.2,
  riskRules: [{ name: 'First contact', when: 'first', add: 0.4 }],
};
const inputs = { about: 'Maria Anders, Berlin', to: 'maria@example.test', body: 'Dear Maria', first: true };

export default [
  { title: 'waits where the risk reaches the threshold', config, inputs, ends: { waits: true } },
  {
    title: 'passes by itself below the threshold',
    config,
    inputs: { ...inputs, first: false },
    ends: { outcome: 'approved' },
  },
  {
    title: 'goes on when it is approved',
    config,
    inputs,
    decision: { decision: 'approve' },
    ends: { outcome: 'approved' },
  },
  {
    title: 'leaves by rejected',
    config,
    inputs,
    decision: { decision: 'reject', reason: 'Too early.' },
    ends: { outcome: 'rejected' },
  },
  {
    title: 'leaves by timeout',
    config: { ...config, timeoutMs: 60_000 },
    inputs,
    decision: { decision: 'timeout', by: 'clock' },
    ends: { outcome: 'timeout' },
  },
  { title: 'asks without fields too', config: {}, inputs: {}, ends: { waits: true } },
  {
    title: 'refuses an edit of the wrong kind',
    config,
    inputs,
    decision: { edited: true, value: { to: 'maria@example.test', body: 7 } },
    ends: { code: 'INPUT_INVALID' },
  },
] satisfies NodeCase[];
