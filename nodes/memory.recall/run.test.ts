import { expect, test } from 'vitest';
import { tryCase } from '#nodes/testing/try-case.ts';
import declaration from './index.ts';
import run from './run.ts';

const memory = [
  { text: 'Likes Chai,\n  but not on Mondays.', kind: 'note', source: 'call', at: 1 },
  { text: 'Ordered 20 cases of Chai.', kind: 'order', source: 'order 10248', at: 2 },
];

test('what is found is one numbered line each, best first', async () => {
  const { result } = await tryCase(
    { declaration, run },
    { title: '', inputs: { query: 'cases of Chai' }, world: { memory }, ends: { outcome: 'ok' } },
  );
  expect(result).toMatchObject({
    output: { text: '1. Ordered 20 cases of Chai.\n2. Likes Chai, but not on Mondays.', count: 2 },
  });
});

test('only the chosen kinds and number are asked for', async () => {
  const { result, world } = await tryCase(
    { declaration, run },
    {
      title: '',
      config: { kinds: ['note'], limit: 1 },
      inputs: { query: 'Chai' },
      world: { memory },
      ends: { outcome: 'ok' },
    },
  );
  expect(result).toMatchObject({ output: { count: 1, hits: [{ kind: 'note', source: 'call', at: 1 }] } });
  expect(world.calls).toMatchObject([{ args: [{ text: 'Chai', limit: 1, kinds: ['note'] }] }]);
});

test('the provenance keeps the question and every hit with its ranks', async () => {
  const { world } = await tryCase(
    { declaration, run },
    { title: '', inputs: { query: ' Chai ' }, world: { memory }, ends: { outcome: 'ok' } },
  );
  expect(world.explained).toMatchObject([
    { kind: 'retrieved', query: 'Chai', vectors: false, hits: [{ textRank: 1 }, { textRank: 2 }] },
  ]);
});
