import type { DraftSaveRow, VersionItem } from '#server/pipelines/types.ts';
import type { StateRef } from '../refs.ts';

/** One line of the history. */
export type Entry = {
  ref: StateRef;
  at: number;
  by: string;
  title: string;
  /** Why: the note of a version, what was edited in a draft. */
  why: string;
  version: VersionItem | null;
  /** What it came after; null: it is the first of its kind. */
  before: StateRef | null;
};

const origins: Record<DraftSaveRow['origin'], string> = {
  operator: 'Edited',
  import: 'Imported',
  template: 'From a template',
  fix: 'Fix applied',
  restore: 'Restored',
  migration: 'Node types updated',
  merge: 'Two drafts merged',
  conflict: 'Conflict decided',
};

/** Versions and states of the draft in one list, newest first. */
export function historyEntries(versions: readonly VersionItem[], saves: readonly DraftSaveRow[]): Entry[] {
  const published = versions.map((version, index): Entry => {
    const { number, createdAt, createdBy, note } = version;
    const before = versions[index + 1];
    return {
      ...{ ref: { kind: 'version', number }, at: createdAt, by: createdBy, title: `v${number}`, why: note, version },
      before: before ? { kind: 'version', number: before.number } : null,
    };
  });
  const drafts = saves.map((save, index): Entry => {
    const before = saves[index + 1];
    return {
      ...{ ref: { kind: 'save', id: save.id }, at: save.at, by: save.by, title: origins[save.origin] },
      ...{ why: save.summary, version: null },
      before: before ? { kind: 'save', id: before.id } : null,
    };
  });
  return [...published, ...drafts].sort((a, b) => b.at - a.at || rank(a) - rank(b));
}

/** What was published in the same moment as it was saved came after. */
const rank = ({ version }: Entry): number => (version ? 0 : 1);
