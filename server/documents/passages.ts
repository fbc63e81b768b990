import { chunk } from '#server/memory/chunker.ts';
import type { Extracted } from './extract/extracted.ts';

export type Passage = { ord: number; text: string; start: number; end: number; place: string | null };

/** Cuts a document into passages that never run over the end of a section; `text.slice(start, end)` is the passage. */
export function passagesOf({ text, sections }: Extracted): Passage[] {
  return sections
    .flatMap(({ start: from, end: to, place }) =>
      chunk(text.slice(from, to)).map(({ text: part, start, end }) => ({
        text: part,
        start: from + start,
        end: from + end,
        place,
      })),
    )
    .map((passage, ord) => ({ ord, ...passage }));
}

export type Held = { id: string; text: string; place: string | null };
export type Difference = {
  /** Passages that stay as they are, perhaps elsewhere in the text. */
  kept: { id: string; passage: Passage }[];
  added: Passage[];
  /** Ids of those that are gone. */
  removed: string[];
};

/** What changes where a document's passages are read anew: those that say the same in the same place stay. */
export function difference(held: Held[], now: Passage[]): Difference {
  const key = ({ text, place }: { text: string; place: string | null }): string => `${place ?? ''}\n${text}`;
  const byKey = Map.groupBy(held, key);
  const kept: Difference['kept'] = [];
  const added: Passage[] = [];
  for (const passage of now) {
    const same = byKey.get(key(passage))?.shift();
    if (same) kept.push({ id: same.id, passage });
    else added.push(passage);
  }
  return { kept, added, removed: [...byKey.values()].flat().map(({ id }) => id) };
}
