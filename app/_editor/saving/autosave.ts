import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Graph } from '#nodes/core/graph.ts';
import type { DocumentStore } from '../document/store.ts';
import type { Journal } from './journal.ts';

/** The draft as somebody else saved it meanwhile. */
export type Theirs = { revision: number; graph: Graph; updatedAt: number };

/** How far what the operator sees is kept on the server. */
export type SaveState =
  | { kind: 'saved' }
  | { kind: 'unsaved' }
  | { kind: 'saving' }
  /** The server does not answer; it is tried again, and edits are kept in this browser meanwhile. */
  | { kind: 'offline' }
  /** The server refused; `message` says why. The next edit tries again. */
  | { kind: 'refused'; message: string }
  | { kind: 'conflict'; theirs: Theirs };

export type SaveResult =
  | { kind: 'saved'; revision: number }
  | { kind: 'conflict'; theirs: Theirs }
  | { kind: 'offline' }
  | { kind: 'refused'; message: string };

export type Autosave = {
  store: StoreApi<SaveState>;
  /** Revision of the draft that the document builds on. */
  revision(): number;
  /** Saves now what is not saved. Answers whether everything is on the server. */
  flush(): Promise<boolean>;
  /** Overwrites the draft that caused the conflict. */
  keepMine(): Promise<boolean>;
  /** Takes the draft that caused the conflict, as one undoable edit. */
  takeTheirs(): void;
  /** What the server has now, asked for at some other occasion. Taken over where nothing here is unsaved. */
  notice(theirs: Theirs): void;
  /** Writes what is unsaved into the journal at once: the page may be about to go. */
  journalNow(): void;
  stop(): void;
};

export const saveDelayMs = 600;
export const retryDelayMs = 3_000;
export const journalDelayMs = 200;

type Options = {
  document: DocumentStore;
  revision: number;
  /** Must not throw: what goes wrong is one of its results. */
  save: (revision: number, graph: Graph) => Promise<SaveResult>;
  journal: Journal;
};

/** Keeps the document saved: after a pause in editing, one request at a time, until it is stopped. */
export function createAutosave({ document, revision: first, save, journal }: Options): Autosave {
  const store = createStore<SaveState>(() => ({ kind: 'saved' }));
  const graphNow = () => document.store.getState().graph;
  let revision = first;
  let savedGraph = graphNow();
  let running: Promise<boolean> | null = null;
  let saveTimer: ReturnType<typeof setTimeout> | undefined;
  let journalTimer: ReturnType<typeof setTimeout> | undefined;

  const unsaved = () => graphNow() !== savedGraph;
  const show = (state: SaveState) => store.setState(state, true);
  const saveIn = (delayMs: number) => {
    clearTimeout(saveTimer);
    saveTimer = setTimeout(() => void flush(), delayMs);
  };

  function journalNow(): void {
    clearTimeout(journalTimer);
    if (unsaved()) journal.write({ revision, graph: graphNow() });
  }

  const unsubscribe = document.store.subscribe((state, before) => {
    if (state.graph === before.graph || !unsaved()) return;
    clearTimeout(journalTimer);
    journalTimer = setTimeout(journalNow, journalDelayMs);
    if (store.getState().kind === 'conflict') return;
    if (running === null) show({ kind: 'unsaved' });
    saveIn(saveDelayMs);
  });

  async function saveOnce(): Promise<boolean> {
    const graph = graphNow();
    show({ kind: 'saving' });
    const result = await save(revision, graph);
    switch (result.kind) {
      case 'saved':
        revision = result.revision;
        savedGraph = graph;
        clearTimeout(journalTimer);
        if (unsaved()) {
          journalNow();
          show({ kind: 'unsaved' });
          saveIn(saveDelayMs);
        } else {
          journal.clear();
          show({ kind: 'saved' });
        }
        return !unsaved();
      case 'offline':
        show(result);
        saveIn(retryDelayMs);
        return false;
      case 'refused':
      case 'conflict':
        journalNow();
        show(result);
        return false;
      default: {
        const never: never = result;
        throw new Error(`Not a known result: ${JSON.stringify(never)}`);
      }
    }
  }

  async function flush(): Promise<boolean> {
    clearTimeout(saveTimer);
    if (running) await running;
    if (store.getState().kind === 'conflict') return false;
    if (!unsaved()) return true;
    running = saveOnce().finally(() => {
      running = null;
    });
    return running;
  }

  function adopt(theirs: Theirs, label: string): void {
    clearTimeout(saveTimer);
    revision = theirs.revision;
    show({ kind: 'saved' });
    savedGraph = theirs.graph;
    document.dispatch({ kind: 'replace', graph: theirs.graph, label });
    savedGraph = graphNow();
    clearTimeout(saveTimer);
    clearTimeout(journalTimer);
    journal.clear();
    show({ kind: 'saved' });
  }

  return {
    store,
    revision: () => revision,
    flush,
    keepMine() {
      const state = store.getState();
      if (state.kind !== 'conflict') return flush();
      revision = state.theirs.revision;
      show({ kind: 'unsaved' });
      return flush();
    },
    takeTheirs() {
      const state = store.getState();
      if (state.kind === 'conflict') adopt(state.theirs, 'Take the other draft');
    },
    notice(theirs) {
      if (theirs.revision <= revision || running || store.getState().kind === 'conflict') return;
      if (unsaved()) show({ kind: 'conflict', theirs });
      else adopt(theirs, 'Take the newer draft');
    },
    journalNow,
    stop() {
      unsubscribe();
      clearTimeout(saveTimer);
      clearTimeout(journalTimer);
    },
  };
}
