import { expect, it } from 'vitest';
import { whyForgotten } from './why-forgotten.ts';

it('says why an item goes, and when', () => {
  const at = Date.UTC(2026, 10, 26);
  expect(whyForgotten({ kind: 'expired', at })).toBe('Its time was over on 2026-11-26: it goes within the hour.');
  expect(whyForgotten({ kind: 'expires', at })).toBe('Its time is over on 2026-11-26.');
  expect(whyForgotten({ kind: 'over-limit', items: 12, limit: 10 })).toContain('holds 12 of 10 items');
  expect(whyForgotten({ kind: 'least-worth', items: 2, limit: 10 })).toContain('more than 10 items (now 2)');
});
