import type { NodeCase } from '#nodes/testing/node-case.ts';

const config = { entityType: 'customer' };

export default [
  { title: 'creates an entity', config, inputs: { key: 'ALFKI', data: { city: 'Berlin' } }, ends: { outcome: 'ok' } },
  {
    title: 'merges into the one with the same key',
    config,
    inputs: { key: 'ALFKI', data: { city: 'Berlin' } },
    world: { entities: [{ type: 'customer', key: 'ALFKI', data: { city: 'Bonn', phone: '030' } }] },
    ends: { outcome: 'ok' },
  },
  { title: 'refuses an empty key', config, inputs: { key: ' ', data: {} }, ends: { code: 'INPUT_INVALID' } },
] satisfies NodeCase[];
