import { dayOf, yearOf } from '#app/_ui/local-time.ts';
import type { FactStanding } from '#server/facts/fact-standing.ts';

/** What took a fact's place, and when it held: "superseded by 8 % on 1 Jun 2026, held from 1 Jan 2026"; null where it holds. */
export function standingText({ status, validFrom, validTo, next }: FactStanding): string | null {
  const held = `held from ${dated(validFrom)}`;
  switch (status) {
    case 'current':
      return null;
    case 'superseded':
      return `superseded ${by(next)}, ${held}${until(validTo, next?.at)}`;
    case 'corrected':
      return `it was wrong: corrected ${by(next)}`;
    case 'over':
      return `${held}${until(validTo)}`;
    case 'coming':
      return `holds from ${dated(validFrom)}${until(validTo)}`;
  }
}

function by(next: FactStanding['next']): string {
  return next ? `by ${next.object ?? '“no longer so”'} on ${dated(next.at)}` : 'by a newer one';
}

/** Where it ended by itself before it was superseded. */
function until(validTo: number | null, superseded = Number.POSITIVE_INFINITY): string {
  return validTo !== null && validTo < superseded ? ` to ${dated(validTo)}` : '';
}

const dated = (at: number): string => `${dayOf(at)} ${yearOf(at)}`;
