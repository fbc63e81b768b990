import { type JournalDb, openJournalDb } from './journal-db.ts';

let opening: Promise<JournalDb> | null = null;

/** Opens the database of journals while the page is still being put together. On the server it does nothing. */
export function warmDb(): void {
  if (typeof window === 'undefined') return;
  opening ??= openJournalDb();
  // Whoever takes it says what went wrong.
  opening.catch(() => {});
}

/** The database of journals: the one that is being opened already, once; else a fresh one. */
export function openWarmDb(): Promise<JournalDb> {
  const taken = opening ?? openJournalDb();
  opening = null;
  return taken;
}
