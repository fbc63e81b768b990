import type { NodeCase } from '#nodes/testing/node-case.ts';

export default [
  { title: 'goes on along true', inputs: { condition: true }, ends: { outcome: 'true' } },
  { title: 'goes on along false', inputs: { condition: false }, ends: { outcome: 'false' } },
  { title: 'refuses what is neither', inputs: { condition: 'yes' }, ends: { code: 'INPUT_INVALID' } },
] satisfies NodeCase[];
