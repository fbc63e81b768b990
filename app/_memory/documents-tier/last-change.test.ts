import { expect, it } from 'vitest';
import { lastChangeText } from './last-change.ts';

it('says which passages of a source changed, and nothing of a first reading', () => {
  const url = 'https://example.test/';
  expect(lastChangeText({ url, lastChange: { added: 1, kept: 3, removed: 2 } })).toBe(
    'last change: 1 new, 2 gone, 3 passages as before',
  );
  expect(lastChangeText({ url, lastChange: { added: 5, kept: 0, removed: 0 } })).toBeNull();
  expect(lastChangeText({ url: null, lastChange: null })).toBeNull();
});
