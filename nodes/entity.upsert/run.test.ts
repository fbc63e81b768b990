import { expect, test } from 'vitest';
import { tryCase } from '#nodes/testing/try-case.ts';
import declaration from './index.ts';
import run from './run.ts';

const config = { entityType: 'customer' };

test('a new entity is created', async () => {
  const { result } = await tryCase(
    { declaration, run },
    { title: '', config, inputs: { key: ' ALFKI ', data: { city: 'Berlin' } }, ends: { outcome: 'ok' } },
  );
  expect(result).toMatchObject({
    output: { key: 'ALFKI', created: true, changed: ['city'], previous: null, version: 1 },
  });
});

test('a known entity keeps what is not given, and the earlier data is kept for undoing', async () => {
  const world = { entities: [{ type: 'customer', key: 'ALFKI', data: { city: 'Bonn', phone: '030' } }] };
  const tried = await tryCase(
    { declaration, run },
    {
      title: '',
      config,
      inputs: { key: 'ALFKI', data: { city: 'Berlin', phone: '030' } },
      world,
      ends: { outcome: 'ok' },
    },
  );
  expect(tried.result).toMatchObject({
    output: {
      created: false,
      changed: ['city'],
      data: { city: 'Berlin', phone: '030' },
      previous: { city: 'Bonn', phone: '030' },
      version: 2,
    },
  });
  expect(tried.world.explained).toMatchObject([{ kind: 'entity', key: 'ALFKI', version: 2, changed: ['city'] }]);
});
