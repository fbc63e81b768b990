import type { NodeCase } from '#nodes/testing/node-case.ts';

const atEnd = { next: 1, again: true };

export default [
  { title: 'begins with its first value', inputs: { initial: 0, ...atEnd }, ends: { waitsFor: 'loop' } },
  {
    title: 'begins with nothing, too',
    config: { maxPasses: 1 },
    inputs: { initial: null, ...atEnd },
    ends: { waitsFor: 'loop' },
  },
  {
    title: 'begins without a bound where nobody compiled it',
    config: { maxPasses: null },
    inputs: { initial: { page: 1 }, ...atEnd },
    ends: { waitsFor: 'loop' },
  },
] satisfies NodeCase[];
