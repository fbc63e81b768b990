import { expect, it } from 'vitest';
import { goneText } from './gone-text.ts';

it('says how much went of each kind, and nothing of what it said', () => {
  expect(goneText({ items: 3, facts: 1, documents: 0, episodes: 2 })).toBe('3 items, 1 fact, 2 entries of the log');
  expect(goneText({ expired: 1, overLimit: 4, merged: 0 })).toBe('1 whose time was over, 4 over the limit');
  expect(goneText({})).toBe('nothing');
});
