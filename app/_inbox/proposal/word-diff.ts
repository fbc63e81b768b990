import { diffWordsWithSpace } from 'diff';

export type DiffPart = { kind: 'same' | 'added' | 'removed'; text: string };

/** What was taken out of a text and what was put in, word by word. */
export function wordDiff(before: string, after: string): DiffPart[] {
  return diffWordsWithSpace(before, after).map((part) => ({
    kind: part.added ? 'added' : part.removed ? 'removed' : 'same',
    text: part.value,
  }));
}

/** How many places of a text differ: a removal and the addition beside it count as one. */
export function changeCount(parts: readonly DiffPart[]): number {
  return parts.filter((part, index) => part.kind !== 'same' && (index === 0 || parts[index - 1]?.kind === 'same'))
    .length;
}
