import type { NodeCase } from '#nodes/testing/node-case.ts';

const world = { entities: [{ type: 'customer', key: 'ALFKI', data: { city: 'Berlin' } }] };
const config = { entityType: 'customer' };

export default [
  { title: 'finds by key', config, inputs: { key: 'ALFKI' }, world, ends: { outcome: 'found' } },
  { title: 'finds by data', config, inputs: { where: { city: 'Berlin' } }, world, ends: { outcome: 'found' } },
  { title: 'leaves by none where nothing fits', config, inputs: { key: 'ANATR' }, world, ends: { outcome: 'none' } },
  {
    title: 'keeps kinds of entities apart',
    config: { entityType: 'supplier' },
    inputs: { key: 'ALFKI', where: null },
    world,
    ends: { outcome: 'none' },
  },
  { title: 'refuses to look for nothing', config, inputs: {}, world, ends: { code: 'INPUT_INVALID' } },
] satisfies NodeCase[];
