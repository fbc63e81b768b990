import { plural } from '#app/_ui/format.ts';
import type { DocumentRow } from '#server/documents/list-documents.ts';

/** What changed of a source's passages when it was read last: `changed: 1 new, 2 gone, 40 as before`; null where nothing did. */
export function lastChangeText({ url, lastChange }: Pick<DocumentRow, 'url' | 'lastChange'>): string | null {
  if (url === null || lastChange === null || lastChange.kept + lastChange.removed === 0) return null;
  const { added, kept, removed } = lastChange;
  const parts = [added > 0 && `${added} new`, removed > 0 && `${removed} gone`, `${plural(kept, 'passage')} as before`];
  return `last change: ${parts.filter((part) => part !== false).join(', ')}`;
}
