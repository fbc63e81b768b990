import { createJournal, type Journal, noJournal } from './journal.ts';
import { dropJournal, type JournalDb, type JournalHead, openJournalDb, stepsOf } from './journal-db.ts';
import { advance, type Draft } from './ledger.ts';

export type Taken = { journal: Journal /** What it has; null: nothing yet. */; draft: Draft | null };
type Locks = Pick<LockManager, 'request'>;

/** Journals without unsaved edits that a browser keeps for the sake of their history. */
const keptJournals = 40;
/** A page that is loaded again may ask before the browser has let go for the page that was there. */
const lettingGoMs = 300;

/**
 * Takes the journal that an earlier page left of a pipeline, one with unsaved edits first, or begins one. A journal that
 * another open page writes is left to it. Where the browser cannot keep journals, edits go on without.
 */
export async function takeJournal(
  pipelineId: string,
  { open = openJournalDb, locks = navigator.locks as Locks | undefined } = {},
): Promise<Taken> {
  try {
    // Without locks two pages would write into one journal.
    if (!locks) return { journal: noJournal(), draft: null };
    const db = await open();
    const heads = (await db.getAllFromIndex('heads', 'pipeline', pipelineId)).sort(firstToTake);
    const left = await takeLeft(db, locks, heads);
    const id = left?.id ?? crypto.randomUUID();
    const release = left?.release ?? (await lock(locks, id)) ?? (() => {});
    const { next = 0, since = 0, draft = null } = left ?? {};
    void prune(db, locks).catch((error) => console.warn('Old journals could not be removed.', error));
    return { journal: createJournal({ db, open, id, pipelineId, next, since, empty: !left, release }), draft };
  } catch (error) {
    console.warn('This browser keeps no unsaved edits.', error);
    return { journal: noJournal(), draft: null };
  }
}

type Left = { id: string; next: number; since: number; draft: Draft; release: () => void };

async function takeLeft(db: JournalDb, locks: Locks, heads: JournalHead[]): Promise<Left | null> {
  for (const [index, { id }] of heads.entries()) {
    const release = (await lock(locks, id)) ?? (index === 0 && isLoadedAgain() ? await lockLater(locks, id) : null);
    if (!release) continue;
    const read = await readJournal(db, id);
    if (read) return { id, ...read, release };
    release();
  }
  return null;
}

/** Replays a journal. One that cannot be read any more counts as none. */
async function readJournal(db: JournalDb, id: string): Promise<Omit<Left, 'id' | 'release'> | null> {
  const snapshot = await db.get('snapshots', id);
  if (!snapshot) return null;
  const steps = await db.getAll('steps', stepsOf(id));
  try {
    return { next: snapshot.at + steps.length, since: steps.length, draft: steps.reduce(advance, snapshot.draft) };
  } catch (error) {
    console.warn(`The journal ${id} cannot be read.`, error);
    return null;
  }
}

/** Unsaved edits before history alone, newer before older. */
function firstToTake(a: JournalHead, b: JournalHead): number {
  return Number(b.unsaved) - Number(a.unsaved) || b.touchedAt - a.touchedAt;
}

/** Holds a journal for this page: answers how to let go of it; null: another page has it. The browser lets go for a page that dies. */
function lock(locks: Locks, id: string): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    const held = async (granted: Lock | null) => {
      if (!granted) return resolve(null);
      await new Promise<void>((release) => resolve(release));
    };
    locks.request(`solograph-journal-${id}`, { ifAvailable: true }, held).catch(reject);
  });
}

async function lockLater(locks: Locks, id: string): Promise<(() => void) | null> {
  await new Promise((resolve) => setTimeout(resolve, lettingGoMs));
  return await lock(locks, id);
}

function isLoadedAgain(): boolean {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return entry?.type === 'reload';
}

/** Removes journals that hold history alone and are old, or older than another of their pipeline. */
async function prune(db: JournalDb, locks: Locks): Promise<void> {
  const heads = (await db.getAll('heads')).sort((a, b) => b.touchedAt - a.touchedAt);
  const seen = new Set<string>();
  const saved = heads.filter(({ unsaved }) => !unsaved);
  const old = saved.filter(({ pipelineId }, index) => index >= keptJournals || seen.size === seen.add(pipelineId).size);
  for (const { id } of old) {
    const release = await lock(locks, id);
    if (!release) continue;
    const head = await db.get('heads', id);
    if (head && !head.unsaved) await dropJournal(db, id);
    release();
  }
}
