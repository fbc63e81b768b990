import { describe, expect, test } from 'vitest';
import { createWorld } from '#nodes/testing/capabilities.ts';
import declaration from './index.ts';
import run from './run.ts';

test('a repeated attempt remembers once', async () => {
  const world = createWorld();
  const args = { config: declaration.config.parse({ kind: 'email' }), inputs: { text: 'Offered Chai.', source: 'm1' } };
  const first = await run.run(world.context({ attempt: 1 }), args);
  const second = await run.run(world.context({ attempt: 2 }), args);
  expect(second).toEqual(first);
  expect([...world.state.memory.values()]).toMatchObject([
    { text: 'Offered Chai.', kind: 'email', tier: 'episodic', source: 'm1', untrusted: true, entityId: null },
  ]);
});

test('the provenance holds the id under the key of the step', async () => {
  const world = createWorld();
  const args = { config: declaration.config.parse({}), inputs: { text: 'Offered Chai.' } };
  await run.run(world.context({ idempotencyKey: '1:keep:' }), args);
  expect(world.explained).toEqual([
    { kind: 'effect', effect: 'memory.remember', key: '1:keep:', receipt: { itemId: 'item-1:keep:' } },
  ]);
});

describe('taking it back', () => {
  const remembered = async (seed: Parameters<typeof createWorld>[0] = {}) => {
    const world = createWorld(seed);
    const args = { config: declaration.config.parse({}), inputs: { text: 'Offered Chai.' } };
    const { outcome, output } = await run.run(world.context({ idempotencyKey: '1' }), args);
    const done = { key: '1', outcome, output, receipts: [] };
    return { world, undo: () => run.compensate(world.context({ idempotencyKey: '1!undo' }), args, done) };
  };

  test('forgets the item, once', async () => {
    const { world, undo } = await remembered();
    expect(await undo()).toMatchObject({ kind: 'reverted', summary: 'The item was forgotten.' });
    expect(world.state.memory.size).toBe(0);
    expect(await undo()).toMatchObject({ summary: 'It had been forgotten already.' });
  });

  test('says where the vector index did not answer', async () => {
    const { undo } = await remembered({ withoutVectors: true });
    expect(await undo()).toMatchObject({ details: { index: expect.stringContaining('when it is rebuilt') } });
  });
});
