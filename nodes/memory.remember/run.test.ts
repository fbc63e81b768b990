import { expect, test } from 'vitest';
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
