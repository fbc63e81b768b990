import { Badge } from '#app/_ui/badge.tsx';
import type { FactStanding } from '#server/facts/fact-standing.ts';
import { standingText } from './standing-text.ts';

/** Marks a fact that does not hold: what took its place, and when it held. One that holds needs no mark. */
export function Standing({ standing }: { standing: FactStanding }) {
  const text = standingText(standing);
  if (text === null) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-12 text-fg-2">
      <Badge tone="warn">{standing.status}</Badge>
      {text}
    </p>
  );
}
