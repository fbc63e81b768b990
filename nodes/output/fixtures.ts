import type { NodeCase } from '#nodes/testing/node-case.ts';

export default [
  {
    title: 'gives its values',
    config: { fields: [{ name: 'sent', type: 'integer' }, { name: 'note' }] },
    inputs: { sent: 3, note: { any: ['thing'] } },
    ends: { outcome: 'done' },
  },
  { title: 'ends a run without values too', inputs: {}, ends: { outcome: 'done' } },
] satisfies NodeCase[];
