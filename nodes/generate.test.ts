import { expect, test } from 'vitest';
import { generated, stale } from './generate.ts';

test('generated files are current', () => {
  expect(stale()).toEqual([]);
});

test('every diagnostic code is documented', () => {
  expect(generated()['docs/diagnostics.md']).toContain('`UNTRUSTED_UNSAFE_WRITE`');
});
