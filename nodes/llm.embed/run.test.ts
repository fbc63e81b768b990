import { expect, test } from 'vitest';
import { tryCase } from '#nodes/testing/try-case.ts';
import declaration from './index.ts';
import run from './run.ts';

const embed = (texts: string[]) =>
  tryCase({ declaration, run }, { title: '', inputs: { texts }, ends: { outcome: 'ok' } });

test('vectors come in the order of the texts, and who made them is kept', async () => {
  const { result, world } = await embed(['Chai', 'Chang', 'Chai']);
  const { vectors, dimensions } = (result as unknown as { output: { vectors: number[][]; dimensions: number } }).output;
  expect(vectors).toHaveLength(3);
  expect(vectors[0]).toEqual(vectors[2]);
  expect(vectors[0]).not.toEqual(vectors[1]);
  expect(vectors[0]).toHaveLength(dimensions);
  expect(world.explained).toMatchObject([{ kind: 'model', provider: 'test', outputTokens: 0 }]);
});

test('nothing is asked for no texts', async () => {
  expect((await embed([])).world.calls).toEqual([]);
});

test('an empty text is named by its place', async () => {
  expect((await embed(['Chai', ''])).failure?.message).toContain('texts[1]');
});
