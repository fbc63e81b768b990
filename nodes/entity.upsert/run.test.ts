import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#nodes/core/json.ts';
import { createWorld, type World } from '#nodes/testing/capabilities.ts';
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

describe('taking it back', () => {
  const step = async (world: World, key: string, data: JsonObject) => {
    const args = { config, inputs: { key: 'ALFKI', data } };
    const result = await run.run(world.context({ idempotencyKey: key }), args);
    const { outcome, output } = result;
    const undo = () =>
      run.compensate(world.context({ idempotencyKey: `${key}!undo` }), args, { key, outcome, output, receipts: [] });
    return { undo };
  };
  const dataIn = (world: World) => [...world.state.entities.values()].map(({ data }) => data);
  const known = { entities: [{ type: 'customer', key: 'ALFKI', data: { city: 'Bonn', phone: '030' } }] };

  test('gives the members that it changed their earlier values', async () => {
    const world = createWorld(known);
    const { undo } = await step(world, '1', { city: 'Berlin', tags: [] });
    expect(await undo()).toMatchObject({
      kind: 'reverted',
      summary: 'Of the customer ALFKI, city, tags got the earlier value.',
    });
    expect(dataIn(world)).toEqual([{ city: 'Bonn', phone: '030' }]);
    expect(await undo()).toMatchObject({ summary: 'There was nothing to put back.' });
  });

  test('leaves what was changed since, and says so', async () => {
    const world = createWorld(known);
    const { undo } = await step(world, '1', { city: 'Berlin', phone: '1' });
    await step(world, '2', { phone: '2' });
    expect(await undo()).toMatchObject({
      summary:
        'Of the customer ALFKI, city got the earlier value. Changed since, so kept: phone of the customer ALFKI.',
    });
    expect(dataIn(world)).toEqual([{ city: 'Bonn', phone: '2' }]);
  });

  test('removes an entity that it created, unless others have touched it', async () => {
    const world = createWorld();
    const { undo } = await step(world, '1', { city: 'Berlin' });
    expect(await undo()).toMatchObject({ summary: 'The customer ALFKI was removed: this step had created it.' });
    expect(dataIn(world)).toEqual([]);

    const touched = createWorld();
    const first = await step(touched, '1', { city: 'Berlin' });
    await step(touched, '2', { phone: '2' });
    expect(await first.undo()).toMatchObject({ summary: expect.stringContaining('it was changed since') });
    expect(dataIn(touched)).toHaveLength(1);
  });

  test('keeps an entity about which something was remembered', async () => {
    const world = createWorld({ memory: [{ text: 'Called.', entityId: 'entity1' }] });
    const { undo } = await step(world, '1', { city: 'Berlin' });
    expect(await undo()).toMatchObject({ summary: expect.stringContaining('something was remembered about it') });
  });
});
