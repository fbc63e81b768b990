import { expect, test } from 'vitest';
import { createWorld } from '#nodes/testing/capabilities.ts';
import { tryCase } from '#nodes/testing/try-case.ts';
import declaration from './index.ts';
import run from './run.ts';

const config = { event: 'paid' };

test('a repeated attempt sends one event', async () => {
  const world = createWorld();
  const args = { config, inputs: { key: ' order-1 ', data: { amount: 3 } } };
  const first = await run.run(world.context({ attempt: 1 }), args);
  expect(await run.run(world.context({ attempt: 2 }), args)).toEqual(first);
  expect([...world.state.events.values()]).toEqual([{ name: 'paid', key: 'order-1', data: { amount: 3 } }]);
});

test.each(['', 'x'.repeat(201)])('a key of the wrong length is refused before anything is sent', async (key) => {
  const { failure, world } = await tryCase(
    { declaration, run },
    { title: '', config, inputs: { key }, ends: { code: 'INPUT_INVALID' } },
  );
  expect(failure?.message).toBe(
    `key must have 1 to 200 characters; it has ${key.length}. Bind it to what the waiting step has.`,
  );
  expect(world.calls).toEqual([]);
});
