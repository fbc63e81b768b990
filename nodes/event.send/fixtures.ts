import type { NodeCase } from '#nodes/testing/node-case.ts';

const config = { event: 'payment_received' };

export default [
  { title: 'sends an event', config, inputs: { key: 'order-10248', data: { amount: 440 } }, ends: { outcome: 'ok' } },
  { title: 'sends one without data', config, inputs: { key: 'order-10248' }, ends: { outcome: 'ok' } },
  { title: 'refuses an empty key', config, inputs: { key: ' ' }, ends: { code: 'INPUT_INVALID' } },
] satisfies NodeCase[];
