import { plural } from '#app/_ui/format.ts';

const words: Record<string, [one: string, many: string]> = {
  items: ['item', 'items'],
  documents: ['document', 'documents'],
  facts: ['fact', 'facts'],
  episodes: ['entry of the log', 'entries of the log'],
  working: ['value at hand', 'values at hand'],
  mails: ['mail kept here', 'mails kept here'],
  expired: ['whose time was over', 'whose time was over'],
  overLimit: ['over the limit', 'over the limit'],
  merged: ['that said the same', 'that said the same'],
};

/** What went, by kind: `3 items, 1 fact`. What went of nothing is not named. */
export function goneText(counts: Record<string, number>): string {
  const parts = Object.entries(words).flatMap(([kind, [one, many]]) => {
    const count = counts[kind] ?? 0;
    return count > 0 ? [plural(count, one, many)] : [];
  });
  return parts.length > 0 ? parts.join(', ') : 'nothing';
}
