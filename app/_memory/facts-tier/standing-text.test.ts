import { expect, test } from 'vitest';
import type { FactStanding } from '#server/facts/fact-standing.ts';
import { standingText } from './standing-text.ts';

const day = (text: string): number => new Date(`${text}T12:00`).getTime();
const validFrom = day('2026-01-01');
const next = { object: '8 %', at: day('2026-06-01') };

test.each<[Partial<FactStanding>, string | null]>([
  [{ status: 'current' }, null],
  [{ status: 'superseded', next }, 'superseded by 8 % on 1 Jun 2026, held from 1 Jan 2026'],
  [
    { status: 'superseded', next, validTo: day('2026-03-31') },
    'superseded by 8 % on 1 Jun 2026, held from 1 Jan 2026 to 31 Mar 2026',
  ],
  [
    { status: 'superseded', next: { ...next, object: null } },
    'superseded by “no longer so” on 1 Jun 2026, held from 1 Jan 2026',
  ],
  [{ status: 'corrected', next }, 'it was wrong: corrected by 8 % on 1 Jun 2026'],
  [{ status: 'over', validTo: day('2026-03-31') }, 'held from 1 Jan 2026 to 31 Mar 2026'],
  [{ status: 'coming' }, 'holds from 1 Jan 2026'],
])('%j is told as %s', (standing, text) => {
  expect(standingText({ status: 'current', validFrom, validTo: null, next: null, ...standing })).toBe(text);
});
