import { expect, test } from 'vitest';
import { createWorld } from '#nodes/testing/capabilities.ts';
import held from '../memory.held/run.ts';
import declaration from './index.ts';
import run from './run.ts';

test('a value is found again under its name: that of the run, and that of a session, are two', async () => {
  const world = createWorld();
  const config = declaration.config.parse({ name: 'draft' });
  await run.run(world.context({}), { config, inputs: { value: 'for the run' } });
  await run.run(world.context({}), { config, inputs: { value: { for: 'a session' }, session: ' ALFKI ' } });
  const find = (session?: string) =>
    held.run(world.context({}), { config: { name: 'draft' }, inputs: session ? { session } : {} });
  expect(await find()).toMatchObject({ outcome: 'found', output: { value: 'for the run' } });
  expect(await find('ALFKI')).toMatchObject({ outcome: 'found', output: { value: { for: 'a session' } } });
  expect(await find('ANATR')).toMatchObject({ outcome: 'none' });
});
