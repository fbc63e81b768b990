import { integer } from '#app/_ui/format.ts';
import type { WhyForgotten } from '#server/forgetting/next-to-go.ts';

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Why an item is forgotten next, in one line. */
export function whyForgotten(why: WhyForgotten): string {
  switch (why.kind) {
    case 'expired':
      return `Its time was over on ${day(why.at)}: it goes within the hour.`;
    case 'over-limit':
      return `Memory holds ${integer(why.items)} of ${integer(why.limit)} items, and this is among those least worth keeping: it goes within the hour.`;
    case 'expires':
      return `Its time is over on ${day(why.at)}.`;
    case 'least-worth':
      return `Only once memory holds more than ${integer(why.limit)} items (now ${integer(why.items)}): it is among those least worth keeping.`;
    default:
      return why satisfies never;
  }
}
