import type { NodeCase } from '#nodes/testing/node-case.ts';

const memory = [
  { text: 'Ordered 20 cases of Chai in May.', kind: 'order', entityId: 'entity1' },
  { text: 'Likes Chai,\nbut not on Mondays.', kind: 'note', entityId: 'entity2' },
];

export default [
  {
    title: 'finds what fits the question',
    inputs: { query: 'Chai orders' },
    world: { memory },
    ends: { outcome: 'ok' },
  },
  {
    title: 'finds only what is about the entity',
    config: { kinds: ['order'] },
    inputs: { query: 'Chai', entityId: 'entity1' },
    world: { memory },
    ends: { outcome: 'ok' },
  },
  { title: 'goes on when nothing is known', inputs: { query: 'Chai', entityId: null }, ends: { outcome: 'ok' } },
  { title: 'refuses an empty question', inputs: { query: '  ' }, ends: { code: 'INPUT_INVALID' } },
] satisfies NodeCase[];
