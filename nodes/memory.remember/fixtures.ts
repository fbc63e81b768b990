import type { NodeCase } from '#nodes/testing/node-case.ts';

export default [
  { title: 'keeps a text', inputs: { text: 'Called Maria.' }, ends: { outcome: 'ok' } },
  {
    title: 'keeps a text about an entity with its source',
    config: { kind: 'email', tier: 'knowledge', untrusted: false },
    inputs: { text: 'Offered 20 cases.', entityId: 'entity1', source: '<1@example.test>' },
    ends: { outcome: 'ok' },
  },
  { title: 'refuses an empty text', inputs: { text: '\n' }, ends: { code: 'INPUT_INVALID' } },
] satisfies NodeCase[];
