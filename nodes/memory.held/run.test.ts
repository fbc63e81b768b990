import { expect, test } from 'vitest';
import { createWorld } from '#nodes/testing/capabilities.ts';
import run from './run.ts';

test('an empty session is this run', async () => {
  const world = createWorld({ held: { ' draft': 1 } });
  const args = { config: { name: 'draft' }, inputs: { session: '  ' } };
  expect(await run.run(world.context({}), args)).toMatchObject({ outcome: 'found', output: { value: 1 } });
});
