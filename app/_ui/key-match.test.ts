import { expect, it } from 'vitest';
import { actionOf } from './key-match.ts';

const reject = () => {};
const runs = () => {};
const places = { 'g r': runs };
const inbox = { r: reject };

it('does what a single key says', () => {
  expect(actionOf(inbox, null, { key: 'r', at: 0 })).toBe(reject);
  expect(actionOf(inbox, { key: 'j', at: 0 }, { key: 'r', at: 10 })).toBe(reject);
  expect(actionOf(inbox, null, { key: 'toString', at: 0 })).toBeUndefined();
});

it('goes to the runs with g r, and never rejects by it', () => {
  const before = { key: 'g', at: 0 };
  expect(actionOf(places, before, { key: 'r', at: 300 })).toBe(runs);
  expect(actionOf(inbox, before, { key: 'r', at: 300 })).toBeUndefined();
});

it('forgets the first key of a chord after a while', () => {
  expect(actionOf(places, { key: 'g', at: 0 }, { key: 'r', at: 2_000 })).toBeUndefined();
  expect(actionOf(inbox, { key: 'g', at: 0 }, { key: 'r', at: 2_000 })).toBe(reject);
});
