import { expect, test } from 'vitest';
import { tryCase } from '#nodes/testing/try-case.ts';
import declaration from './index.ts';
import run from './run.ts';

test('the items go on with the configured number at a time', async () => {
  const { result } = await tryCase(
    { declaration, run },
    { title: '', config: { concurrency: 3 }, inputs: { items: ['a', 'b'] }, ends: { items: 2 } },
  );
  expect(result).toEqual({ kind: 'map', items: ['a', 'b'], concurrency: 3 });
});

test('a list that is too long is refused with both numbers', async () => {
  const { failure } = await tryCase(
    { declaration, run },
    { title: '', config: { maxItems: 2 }, inputs: { items: [1, 2, 3] }, ends: { code: 'TOO_LARGE' } },
  );
  expect(failure?.message).toBe('items has 3 entries; 2 at most. Shorten the list or raise "Most items".');
});
