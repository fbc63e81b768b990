import { expect, test } from 'vitest';
import { tryCase } from '#nodes/testing/try-case.ts';
import declaration from './index.ts';
import run from './run.ts';

test('the first pass gets the first value', async () => {
  const { result } = await tryCase(
    { declaration, run },
    { title: '', inputs: { initial: { page: 1 } }, ends: { waitsFor: 'loop' } },
  );
  expect(result).toEqual({ kind: 'loop', value: { page: 1 } });
});

test.each([0, 10_001, 1.5])('%d passes are refused', (maxPasses) => {
  expect(declaration.config.safeParse({ maxPasses }).success).toBe(false);
});

test('the card says how often at most', () => {
  expect(declaration.summary({ maxPasses: 20 })).toBe('Up to 20 passes');
  expect(declaration.summary({ maxPasses: null })).toBe('No bound');
});
