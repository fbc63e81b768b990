import { expect, test } from 'vitest';
import { tryCase } from '#nodes/testing/try-case.ts';
import declaration from './index.ts';
import run from './run.ts';

const world = { entities: [{ type: 'customer', key: 'ALFKI', data: { city: 'Berlin' } }] };

test('what is found comes with its id, data and version', async () => {
  const tried = await tryCase(
    { declaration, run },
    {
      title: '',
      config: { entityType: 'customer' },
      inputs: { where: { city: 'Berlin' } },
      world,
      ends: { outcome: 'found' },
    },
  );
  expect(tried.result).toMatchObject({
    output: { id: 'entity1', type: 'customer', key: 'ALFKI', data: { city: 'Berlin' }, version: 1 },
  });
  expect(tried.world.explained).toEqual([
    { kind: 'entity', entityId: 'entity1', type: 'customer', key: 'ALFKI', version: 1, changed: [] },
  ]);
});

test('a node without a kind of entity is a problem to be mended', () => {
  expect(declaration.check?.(declaration.config.parse({}))).toMatchObject([{ field: 'entityType' }]);
});
