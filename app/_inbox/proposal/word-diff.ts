import { diffWordsWithSpace } from 'diff';

export type DiffPart = { kind: 'same' | 'added' | 'removed'; text: string };

/** What was taken out of a text and what was put in, word by word; changes with only a space between them are one. */
export function wordDiff(before: string, after: string): DiffPart[] {
  const parts: DiffPart[] = [];
  let removed = '';
  let added = '';
  const flush = () => {
    if (removed !== '') parts.push({ kind: 'removed', text: removed });
    if (added !== '') parts.push({ kind: 'added', text: added });
    removed = '';
    added = '';
  };
  const changes = diffWordsWithSpace(before, after);
  changes.forEach((change, index) => {
    if (change.removed) removed += change.value;
    else if (change.added) added += change.value;
    else if (isSpaceBetweenChanges(change.value, index, changes.length) && removed + added !== '') {
      removed += change.value;
      added += change.value;
    } else {
      flush();
      parts.push({ kind: 'same', text: change.value });
    }
  });
  flush();
  return parts;
}

function isSpaceBetweenChanges(text: string, index: number, count: number): boolean {
  return /^[ \t]+$/.test(text) && index > 0 && index < count - 1;
}

/** How many places of a text differ: a removal and the addition beside it count as one. */
export function changeCount(parts: readonly DiffPart[]): number {
  return parts.filter((part, index) => part.kind !== 'same' && (index === 0 || parts[index - 1]?.kind === 'same'))
    .length;
}
