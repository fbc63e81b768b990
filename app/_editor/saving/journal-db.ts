import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Draft, JournalStep } from './ledger.ts';

/** One journal belongs to one open page; `unsaved`: it has something that the server may not have. */
export type JournalHead = { id: string; pipelineId: string; touchedAt: number; unsaved: boolean };

/** A journal is a snapshot of the draft and the steps since: number `at` and what follows. */
export interface JournalSchema extends DBSchema {
  heads: { key: string; value: JournalHead; indexes: { pipeline: string } };
  snapshots: { key: string; value: { id: string; at: number; draft: Draft } };
  steps: { key: [string, number]; value: JournalStep };
}
export type JournalDb = IDBPDatabase<JournalSchema>;

const openWithinMs = 3_000;

/** Opens the browser's database of journals. Fails where it has none, forbids it or does not answer. */
export async function openJournalDb(name = 'solograph-drafts'): Promise<JournalDb> {
  const opening = openDB<JournalSchema>(name, 1, {
    upgrade(db) {
      db.createObjectStore('heads', { keyPath: 'id' }).createIndex('pipeline', 'pipelineId');
      db.createObjectStore('snapshots', { keyPath: 'id' });
      db.createObjectStore('steps');
    },
    blocking: (_now, _wanted, event) => (event.target as IDBDatabase).close(),
  });
  const late = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error('The database of this browser does not answer.')), openWithinMs),
  );
  return await Promise.race([opening, late]);
}

export function stepsOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]);
}

/** Removes a journal and all that it has. */
export async function dropJournal(db: JournalDb, id: string): Promise<void> {
  const tx = db.transaction(['heads', 'snapshots', 'steps'], 'readwrite');
  await Promise.all([
    tx.objectStore('heads').delete(id),
    tx.objectStore('snapshots').delete(id),
    tx.objectStore('steps').delete(stepsOf(id)),
    tx.done,
  ]);
}
