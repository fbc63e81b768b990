import type { NodeCase } from '#nodes/testing/node-case.ts';

const config = {
  cases: [
    { name: 'large', when: 'value >= 1000' },
    { name: 'medium', when: 'value >= 100' },
  ],
};

export default [
  { title: 'takes the first way that is true', config, inputs: { value: 2_000 }, ends: { outcome: 'large' } },
  { title: 'takes a later way', config, inputs: { value: 250 }, ends: { outcome: 'medium' } },
  { title: 'takes else where none is true', config, inputs: { value: 3 }, ends: { outcome: 'else' } },
  { title: 'takes else without ways', inputs: { value: null }, ends: { outcome: 'else' } },
  {
    title: 'fails where a condition cannot be evaluated',
    config,
    inputs: { value: 'many' },
    ends: { code: 'EXPRESSION_FAILED' },
  },
  {
    title: 'fails where a condition is neither true nor false',
    config: { cases: [{ name: 'odd', when: 'value' }] },
    inputs: { value: 'yes' },
    ends: { code: 'EXPRESSION_FAILED' },
  },
] satisfies NodeCase[];
