import { expect, it } from 'vitest';
import { historyOf } from './history.ts';

it('tells what happened to an entity, newest first, with what each change led to', () => {
  const history = historyOf({
    entity: { id: 'e', type: 'customer', key: 'k', data: { city: 'Cowes', stage: 'won' }, version: 3, updatedAt: 30 },
    changes: [
      { id: '3', version: 3, previous: { city: 'Cowes', stage: 'lead' }, changed: ['stage'], at: 30 },
      { id: '1', version: 1, previous: null, changed: ['city'], at: 10 },
      { id: '2', version: 2, previous: { city: 'London', stage: 'lead' }, changed: ['city'], at: 20 },
    ],
    memories: [{ id: 'm', tier: 'episodic', kind: 'order', text: 'Ordered', source: '', at: 25 }],
  });
  expect(history.map((entry) => entry.kind)).toEqual(['changed', 'remembered', 'changed', 'created']);
  expect(history[0]).toMatchObject({ fields: [{ name: 'stage', before: 'lead', after: 'won' }] });
  expect(history[2]).toMatchObject({ fields: [{ name: 'city', before: 'London', after: 'Cowes' }] });
});
