import { expect, test } from 'vitest';
import { readAddress, writeAddress } from './address.ts';

test('an address names a run and a node, or neither', () => {
  expect(readAddress('?run=R-12&node=draft')).toEqual({ run: 12, node: 'draft', unread: null });
  expect(readAddress('?run=7')).toEqual({ run: 7, node: null, unread: null });
  expect(readAddress('?run=banana')).toEqual({ run: null, node: null, unread: 'banana' });
  expect(readAddress('')).toEqual({ run: null, node: null, unread: null });
});

test('what else stands in the address stays', () => {
  expect(writeAddress('?x=1&run=R-1', { run: 12, node: 'draft' })).toBe('?x=1&run=R-12&node=draft');
  expect(writeAddress('?run=R-1&node=a', { run: null, node: null })).toBe('');
});
