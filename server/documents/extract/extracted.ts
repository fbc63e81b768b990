import { NodeError } from '#nodes/core/errors.ts';

/** A part of a document's text that stands together: under one heading, or on one page. Offsets in UTF-16 units. */
export type Section = { start: number; end: number; place: string | null };
export type Extracted = { text: string; sections: Section[] };

/** No document has more text than this: some 3,000 pages. */
export const mostChars = 10_000_000;

/** Gathers text into sections, and stops where it becomes too much. Errors: TOO_LARGE. */
export function gatherer(name: string) {
  const parts: string[] = [];
  const sections: Section[] = [];
  let length = 0;
  return {
    add(text: string, place: string | null): void {
      if (length + text.length > mostChars)
        throw new NodeError(
          'TOO_LARGE',
          `${name} has more than ${mostChars / 1e6} million characters of text. Split it.`,
        );
      const last = sections.at(-1);
      const start = length;
      parts.push(text);
      length += text.length;
      // White space belongs to what stands before it.
      if (text.trim() === '') {
        if (last) last.end = length;
      } else if (last?.place === place) last.end = length;
      else sections.push({ start, end: length, place });
    },
    done: (): Extracted => ({ text: parts.join(''), sections }),
  };
}
