import type { NodeCase } from '#nodes/testing/node-case.ts';

export default [
  { title: 'gives each item to the engine', inputs: { items: [1, 'two', { three: 3 }] }, ends: { items: 3 } },
  { title: 'takes a list without items', inputs: { items: [] }, ends: { items: 0 } },
  {
    title: 'takes any length without a bound',
    config: { maxItems: null },
    inputs: { items: [1, 2] },
    ends: { items: 2 },
  },
  {
    title: 'refuses more items than allowed',
    config: { maxItems: 1 },
    inputs: { items: [1, 2] },
    ends: { code: 'TOO_LARGE' },
  },
  { title: 'refuses what is not a list', inputs: { items: 'Maria' }, ends: { code: 'INPUT_INVALID' } },
] satisfies NodeCase[];
