import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Graph } from '#nodes/core/graph.ts';
import { createDocumentStore, undoDepth } from '../document/store.ts';
import { createAutosave, type SaveResult } from './autosave.ts';
import { journalDelayMs } from './journal.ts';
import { openJournalDb } from './journal-db.ts';
import { isUnsaved } from './ledger.ts';
import { forgetLegacy, readLegacy } from './legacy.ts';
import { openDraft } from './open-draft.ts';
import { takeJournal } from './take-journal.ts';
import { fakeLocks, start } from './testing.ts';

let browser: ReturnType<typeof fakeLocks>;

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  browser = fakeLocks();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A page that has the pipeline open. `die`: as a killed browser does, without a last word. */
async function openPage(server: { graph: Graph; revision: number }, answer: SaveResult['kind'] = 'saved') {
  const { locks, die } = browser.page();
  const { journal, draft } = await takeJournal('p', { locks });
  const opened = openDraft(draft, { ...server, updatedAt: 0 });
  let nowMs = 0;
  const document = createDocumentStore(opened.draft.document.graph, () => nowMs, opened.draft.document);
  journal.follow(() => autosave.draft(), opened.steps !== null);
  for (const step of opened.steps ?? []) journal.append(step);
  const save = async ({ graph, revision }: { graph: Graph; revision: number }): Promise<SaveResult> => {
    if (answer !== 'saved') return { kind: 'offline' };
    server.graph = graph;
    server.revision = revision + 1;
    return { kind: 'saved', revision: revision + 1 };
  };
  const autosave = createAutosave({ document, ledger: opened.draft.ledger, conflict: opened.conflict, save, journal });
  return {
    autosave,
    journal,
    document,
    type: (name: string) => {
      nowMs += 10_000;
      document.dispatch({ kind: 'set-name', name });
    },
    name: () => document.store.getState().graph.name,
    written: () => journal.flush(),
    close: () => autosave.stop(),
    die: () => {
      autosave.stop();
      die();
    },
  };
}

describe('what a browser keeps', () => {
  it('is taken up again after the page died, with undo and redo', async () => {
    const server = { graph: start, revision: 1 };
    const first = await openPage(server, 'offline');
    for (const name of ['A', 'B', 'C']) first.type(name);
    first.document.undo();
    await first.written();
    first.die();
    const second = await openPage(server, 'offline');
    expect([second.name(), isUnsaved(second.autosave.draft())]).toEqual(['B', true]);
    expect(second.autosave.draft().ledger.edits).toHaveLength(4);
    second.document.redo();
    expect(second.name()).toBe('C');
    while (second.document.undo());
    expect(second.document.store.getState().graph).toEqual(start);
    second.close();
  });

  it('is the history alone where everything was saved, 200 steps deep', async () => {
    const server = { graph: start, revision: 1 };
    const first = await openPage(server);
    for (let count = 0; count < undoDepth + 20; count += 1) first.type(`Name ${count}`);
    await first.autosave.flush();
    await first.written();
    first.die();
    const second = await openPage(server);
    expect([second.name(), isUnsaved(second.autosave.draft())]).toEqual([`Name ${undoDepth + 19}`, false]);
    let undone = 0;
    while (second.document.undo()) undone += 1;
    expect([undone, second.name()]).toEqual([undoDepth, 'Name 19']);
    second.close();
  });

  it('is dropped where the server has another draft and nothing was unsaved', async () => {
    const server = { graph: start, revision: 1 };
    const first = await openPage(server);
    first.type('A');
    await first.autosave.flush();
    await first.written();
    first.die();
    const second = await openPage({ graph: { ...start, name: 'Theirs' }, revision: 3 });
    expect([second.name(), second.document.undo(), second.autosave.store.getState().kind]).toEqual([
      'Theirs',
      false,
      'saved',
    ]);
    second.close();
  });

  it('is one side of a conflict where the server has another draft and something was unsaved', async () => {
    const first = await openPage({ graph: start, revision: 1 }, 'offline');
    first.type('Mine');
    await first.written();
    first.die();
    const second = await openPage({ graph: { ...start, name: 'Theirs' }, revision: 3 });
    expect(second.name()).toBe('Mine');
    expect(second.autosave.store.getState()).toMatchObject({ kind: 'conflict', base: start, theirs: { revision: 3 } });
    second.close();
  });

  it('is no conflict where the server has what this browser sent last and got no answer for', async () => {
    const first = await openPage({ graph: start, revision: 1 }, 'offline');
    first.type('A');
    await first.autosave.flush();
    first.type('AB');
    await first.written();
    first.die();
    const second = await openPage({ graph: { ...start, name: 'A' }, revision: 2 });
    expect([second.name(), second.autosave.revision()]).toEqual(['AB', 2]);
    expect(second.autosave.store.getState().kind).toBe('unsaved');
    second.close();
  });

  it('keeps the name that was given in the list meanwhile apart from the history', async () => {
    const server = { graph: start, revision: 1 };
    const first = await openPage(server);
    first.document.dispatch({ kind: 'set-description', description: 'D' });
    await first.autosave.flush();
    await first.written();
    first.die();
    const second = await openPage({ graph: { ...server.graph, name: 'Listed' }, revision: server.revision });
    expect(second.document.undo()).toBe(true);
    second.close();
  });

  it('belongs to one page: another page that has the pipeline open keeps its own', async () => {
    const server = { graph: start, revision: 1 };
    const first = await openPage(server, 'offline');
    first.type('First');
    await first.written();
    const second = await openPage(server, 'offline');
    expect(second.name()).toBe('Leads');
    second.type('Second');
    await second.written();
    first.die();
    second.die();
    const [third, fourth] = [await openPage(server, 'offline'), await openPage(server, 'offline')];
    expect([third.name(), fourth.name()].sort()).toEqual(['First', 'Second']);
    third.close();
    fourth.close();
  });

  it('begins again with a snapshot after many steps', async () => {
    const server = { graph: start, revision: 1 };
    const first = await openPage(server, 'offline');
    for (let count = 0; count < 400; count += 1) {
      first.type(`N${count}`);
      if (count % 50 === 0) await first.written();
    }
    await first.written();
    const db = await openJournalDb();
    await vi.waitFor(async () => expect(await db.count('steps')).toBeLessThan(10));
    db.close();
    first.die();
    const second = await openPage(server, 'offline');
    expect(second.name()).toBe('N399');
    second.close();
  });

  it('is written while somebody types without a pause', async () => {
    const { journal, document, autosave } = await openPage({ graph: start, revision: 1 }, 'offline');
    await journal.flush();
    const db = await openJournalDb();
    const began = Date.now();
    for (let count = 0; Date.now() - began < journalDelayMs + 200; count += 1) {
      document.dispatch({ kind: 'set-name', name: `N${count}` });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(await db.count('snapshots')).toBe(1);
    db.close();
    autosave.stop();
  });
});

describe('a browser that keeps nothing', () => {
  it('says so, and editing goes on', async () => {
    const open = () => Promise.reject(new DOMException('No.', 'InvalidStateError'));
    const quiet = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { journal, draft } = await takeJournal('p', { open, locks: browser.page().locks });
    expect([journal.state.getState(), draft]).toEqual([{ kind: 'unkept', why: 'unavailable' }, null]);
    quiet.mockRestore();
  });

  it('says so when it is full, and writes all of it down once there is room', async () => {
    const server = { graph: start, revision: 1 };
    const page = await openPage(server, 'offline');
    page.type('A');
    await page.written();
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('Full.', 'QuotaExceededError');
    });
    page.type('B');
    await page.written();
    expect(page.journal.state.getState()).toEqual({ kind: 'unkept', why: 'full' });
    full.mockRestore();
    page.type('C');
    await page.written();
    expect(page.journal.state.getState()).toEqual({ kind: 'kept' });
    page.die();
    const second = await openPage(server, 'offline');
    expect(second.name()).toBe('C');
    second.document.undo();
    expect(second.name()).toBe('B');
    second.close();
  });
});

describe('what an older version of this software left', () => {
  const storage = (text: string | null) => ({ getItem: () => text });

  it('is taken over: on the revision that it builds on, or as one side of a conflict', () => {
    const draft = readLegacy(storage(JSON.stringify({ revision: 4, graph: { ...start, name: 'Mine' } })), 'p');
    const same = openDraft(draft, { revision: 4, graph: start, updatedAt: 0 });
    expect([same.draft.document.graph.name, same.conflict, isUnsaved(same.draft)]).toEqual(['Mine', null, true]);
    expect(same.draft.ledger.base).toBe(start);
    const other = openDraft(draft, { revision: 5, graph: start, updatedAt: 0 });
    expect([other.conflict?.revision, other.draft.ledger.base]).toEqual([5, null]);
  });

  it('counts as none where it cannot be read', () => {
    for (const text of [null, '{"revision":1', '{"revision":1,"graph":{}}', JSON.stringify({ graph: start })])
      expect(readLegacy(storage(text), 'p')).toBeNull();
  });

  it('is removed from where it was', () => {
    const removeItem = vi.fn();
    forgetLegacy({ removeItem }, 'p');
    expect(removeItem).toHaveBeenCalledWith('solograph:unsaved:p');
  });
});
