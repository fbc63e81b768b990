import type { NodeCase } from '#nodes/testing/node-case.ts';

export default [
  { title: 'goes on when all branches are there', inputs: {}, ends: { outcome: 'done' } },
  {
    title: 'goes on after a number of branches',
    config: { mode: 'count', count: 2 },
    inputs: {},
    ends: { outcome: 'done' },
  },
] satisfies NodeCase[];
