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
export function createAutosave(options: Options): Autosave {
  return new Autosaver(options);
}

class Autosaver implements Autosave {
  readonly store: StoreApi<SaveState> = createStore<SaveState>(() => ({ kind: 'saved' }));
  readonly #options: Options;
  readonly #unsubscribe: () => void;
  #revision: number;
  #saved: Graph;
  #running: Promise<boolean> | null = null;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #journalTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: Options) {
    this.#options = options;
    this.#revision = options.revision;
    this.#saved = this.#graph;
    this.#unsubscribe = options.document.store.subscribe((state, before) => {
      if (state.graph !== before.graph && this.#isUnsaved) this.#onEdit();
    });
  }

  get #graph(): Graph {
    return this.#options.document.store.getState().graph;
  }

  get #isUnsaved(): boolean {
    return this.#graph !== this.#saved;
  }

  revision(): number {
    return this.#revision;
  }

  async flush(): Promise<boolean> {
    clearTimeout(this.#saveTimer);
    if (this.#running) await this.#running;
    if (this.store.getState().kind === 'conflict') return false;
    if (!this.#isUnsaved) return true;
    this.#running = this.#saveOnce().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  keepMine(): Promise<boolean> {
    const state = this.store.getState();
    if (state.kind === 'conflict') {
      this.#revision = state.theirs.revision;
      this.#show({ kind: 'unsaved' });
    }
    return this.flush();
  }

  takeTheirs(): void {
    const state = this.store.getState();
    if (state.kind === 'conflict') this.#adopt(state.theirs, 'Take the other draft');
  }

  notice(theirs: Theirs): void {
    if (theirs.revision <= this.#revision || this.#running || this.store.getState().kind === 'conflict') return;
    if (this.#isUnsaved) this.#show({ kind: 'conflict', theirs });
    else this.#adopt(theirs, 'Take the newer draft');
  }

  journalNow(): void {
    clearTimeout(this.#journalTimer);
    if (this.#isUnsaved) this.#options.journal.write({ revision: this.#revision, graph: this.#graph });
  }

  stop(): void {
    this.#unsubscribe();
    clearTimeout(this.#saveTimer);
    clearTimeout(this.#journalTimer);
  }

  #show(state: SaveState): void {
    this.store.setState(state, true);
  }

  #saveIn(delayMs: number): void {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => void this.flush(), delayMs);
  }

  #onEdit(): void {
    clearTimeout(this.#journalTimer);
    this.#journalTimer = setTimeout(() => this.journalNow(), journalDelayMs);
    if (this.store.getState().kind === 'conflict') return;
    if (this.#running === null) this.#show({ kind: 'unsaved' });
    this.#saveIn(saveDelayMs);
  }

  async #saveOnce(): Promise<boolean> {
    const graph = this.#graph;
    this.#show({ kind: 'saving' });
    const result = await this.#options.save(this.#revision, graph);
    switch (result.kind) {
      case 'saved':
        return this.#onSaved(graph, result.revision);
      case 'offline':
        this.#show(result);
        this.#saveIn(retryDelayMs);
        return false;
      case 'refused':
      case 'conflict':
        this.journalNow();
        this.#show(result);
        return false;
      default: {
        const never: never = result;
        throw new Error(`Not a known result: ${JSON.stringify(never)}`);
      }
    }
  }

  #onSaved(graph: Graph, revision: number): boolean {
    this.#revision = revision;
    this.#saved = graph;
    clearTimeout(this.#journalTimer);
    if (this.#isUnsaved) {
      this.journalNow();
      this.#show({ kind: 'unsaved' });
      this.#saveIn(saveDelayMs);
      return false;
    }
    this.#options.journal.clear();
    this.#show({ kind: 'saved' });
    return true;
  }

  #adopt(theirs: Theirs, label: string): void {
    this.#revision = theirs.revision;
    this.#options.document.dispatch({ kind: 'replace', graph: theirs.graph, label });
    this.#saved = this.#graph;
    clearTimeout(this.#saveTimer);
    clearTimeout(this.#journalTimer);
    this.#options.journal.clear();
    this.#show({ kind: 'saved' });
  }
}
