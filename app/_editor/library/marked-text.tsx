import type { Marked } from './groups.ts';

/** A text in which what was searched for stands out. */
export function MarkedText({ pieces }: { pieces: Marked }) {
  return pieces.map(({ text, marked }, at) =>
    marked ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no other name
      <mark key={at} className="bg-transparent font-semibold text-accent-text">
        {text}
      </mark>
    ) : (
      text
    ),
  );
}
