import { expect, it } from 'vitest';
import { fieldChanges } from './field-changes.ts';

it('tells what each change of an entity led to', () => {
  const changes = fieldChanges({
    entity: { id: 'e', type: 'customer', key: 'k', data: { city: 'Cowes', stage: 'won' }, version: 3, updatedAt: 30 },
    changes: [
      { id: '3', version: 3, previous: { city: 'Cowes', stage: 'lead' }, changed: ['stage'], at: 30 },
      { id: '1', version: 1, previous: null, changed: ['city'], at: 10 },
      { id: '2', version: 2, previous: { city: 'London', stage: 'lead' }, changed: ['city'], at: 20 },
    ],
  });
  expect(changes.get('3')).toEqual({ version: 3, fields: [{ name: 'stage', before: 'lead', after: 'won' }] });
  expect(changes.get('2')?.fields).toEqual([{ name: 'city', before: 'London', after: 'Cowes' }]);
  expect(changes.get('1')?.fields).toEqual([{ name: 'city', before: undefined, after: 'London' }]);
});
