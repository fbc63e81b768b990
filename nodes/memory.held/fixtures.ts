import type { NodeCase } from '#nodes/testing/node-case.ts';

export default [
  {
    title: 'finds what is at hand',
    config: { name: 'draft' },
    inputs: { session: 'ALFKI' },
    world: { held: { 'ALFKI draft': 'Dear Ann' } },
    ends: { outcome: 'found' },
  },
  { title: 'leaves by none where nothing is', inputs: {}, ends: { outcome: 'none' } },
] satisfies NodeCase[];
