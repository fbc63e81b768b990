import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Graph } from '#nodes/core/graph.ts';
import type { DocumentStore } from '../document/store.ts';
import type { Journal } from './journal.ts';
import { arrivedAttempt, type Draft, isUnsaved, type JournalStep, type Ledger, ledgerAfter, whyOf } from './ledger.ts';
import type { SaveRequest, SaveResult, SaveState, Theirs } from './save-state.ts';

export type { SaveRequest, SaveResult, SaveState, Theirs } from './save-state.ts';

export type Autosave = {
  store: StoreApi<SaveState>;
  /** Revision of the draft that the document builds on. */
  revision(): number;
  /** The document, and what the server has of it. */
  draft(): Draft;
  /** Saves now what is not saved. Answers whether everything is on the server. */
  flush(): Promise<boolean>;
  /** Tries again at once where the server did not answer: it may now. */
  wake(): void;
  /** The session has ended: says so, also where all is saved. */
  signedOut(): void;
  /** There is a session again: saves at once what was kept meanwhile. */
  signedIn(): void;
  /** Overwrites the draft that caused the conflict. */
  keepMine(): Promise<boolean>;
  /** Takes the draft that caused the conflict, as one undoable edit. */
  takeTheirs(): void;
  /** Takes what was made of both drafts, as one undoable edit, and saves it over theirs. */
  merge(merged: Graph): Promise<boolean>;
  /** What the server has now, asked for at some other occasion. Taken over where nothing here is unsaved. */
  notice(theirs: Theirs): void;
  stop(): void;
};

export const saveDelayMs = 600;
export const firstRetryMs = 1_000;
export const longestRetryMs = 30_000;

type Options = {
  document: DocumentStore;
  ledger: Ledger;
  /** What the server had at the opening, where the document builds on something else. */
  conflict?: Theirs | null;
  /** Must not throw: what goes wrong is one of its results. */
  save: (request: SaveRequest) => Promise<SaveResult>;
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
  #ledger: Ledger;
  #running: Promise<boolean> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #stopped = false;
  #away: { kind: 'offline' | 'signed-out'; since: number } | null = null;

  constructor(options: Options) {
    this.#options = options;
    this.#ledger = options.ledger;
    this.#unsubscribe = options.document.onStep((step) => this.#onStep(step));
    if (options.conflict) this.#show({ kind: 'conflict', base: this.#ledger.base, theirs: options.conflict });
    else if (this.#isUnsaved) {
      this.#show({ kind: 'unsaved' });
      this.#saveIn(saveDelayMs);
    }
  }

  get #document() {
    return this.#options.document.store.getState();
  }

  get #isUnsaved(): boolean {
    return isUnsaved(this.draft());
  }

  draft(): Draft {
    return { document: this.#document, ledger: this.#ledger };
  }

  revision(): number {
    return this.#ledger.revision;
  }

  async flush(): Promise<boolean> {
    this.#cancelTimer();
    this.#options.document.flush();
    if (this.#running) await this.#running;
    if (this.store.getState().kind === 'conflict') return false;
    if (!this.#isUnsaved) return true;
    this.#running ??= this.#saveOnce().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  wake(): void {
    if (this.#away) void this.flush();
  }

  signedOut(): void {
    if (this.#away || this.#running || this.store.getState().kind === 'conflict') return;
    this.#away = { kind: 'signed-out', since: Date.now() };
    this.#showAway();
  }

  signedIn(): void {
    if (this.#away?.kind !== 'signed-out') return;
    if (this.#isUnsaved) {
      void this.flush();
      return;
    }
    this.#away = null;
    this.#failures = 0;
    this.#show({ kind: 'saved' });
  }

  keepMine(): Promise<boolean> {
    const state = this.store.getState();
    if (state.kind === 'conflict')
      this.#build(state.theirs, { label: 'Keep mine over the other draft', origin: 'conflict' });
    return this.flush();
  }

  merge(merged: Graph): Promise<boolean> {
    const state = this.store.getState();
    if (state.kind === 'conflict') {
      this.#build(state.theirs);
      const why = { origin: 'merge', label: 'Merge both drafts' } as const;
      this.#options.document.dispatch({ kind: 'replace', graph: merged, label: why.label }, why);
    }
    return this.flush();
  }

  takeTheirs(): void {
    const state = this.store.getState();
    if (state.kind === 'conflict') this.#adopt(state.theirs, 'Take the other draft');
  }

  notice(theirs: Theirs): void {
    if (theirs.revision <= this.#ledger.revision || this.#running || this.store.getState().kind === 'conflict') return;
    if (this.#hasArrived(theirs)) return;
    if (this.#isUnsaved) this.#onConflict(theirs);
    else this.#adopt(theirs, 'Take the newer draft');
  }

  stop(): void {
    this.#stopped = true;
    this.#unsubscribe();
    this.#cancelTimer();
  }

  #show(state: SaveState): void {
    this.store.setState(state, true);
  }

  #saveIn(delayMs: number): void {
    this.#cancelTimer();
    if (!this.#stopped) this.#timer = setTimeout(() => void this.flush(), delayMs);
  }

  #cancelTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Notes in the ledger and in the journal what happens. */
  #note(step: JournalStep): void {
    this.#ledger = ledgerAfter(this.#ledger, step, this.#document);
    this.#options.journal.append(step);
  }

  #onStep(step: JournalStep): void {
    this.#note(step);
    if (step.kind === 'settle' || this.store.getState().kind === 'conflict') return;
    if (this.#away) {
      this.#showAway();
      if (this.#timer === undefined && this.#running === null) this.#saveIn(firstRetryMs);
      return;
    }
    if (this.#running === null) this.#show({ kind: 'unsaved' });
    // What came from elsewhere has a place of its own in the history: what is typed next is not to be part of it.
    const own = this.#ledger.edits.at(-1)?.origin === 'operator';
    this.#saveIn(own ? saveDelayMs : 0);
  }

  async #saveOnce(): Promise<boolean> {
    const { graph } = this.#document;
    const { revision, edits } = this.#ledger;
    this.#note({ kind: 'sending' });
    void this.#options.journal.flush();
    if (!this.#away) this.#show({ kind: 'saving' });
    const result = await this.#options.save({ revision, graph, why: whyOf(edits) });
    switch (result.kind) {
      case 'saved':
        return this.#onSaved(result.revision, this.#ledger.attempts.length - 1);
      case 'offline':
      case 'signed-out':
        return this.#onAway(result.kind);
      case 'refused':
        this.#away = null;
        this.#show(result);
        return false;
      case 'conflict':
        if (this.#hasArrived(result.theirs)) return !this.#isUnsaved;
        this.#onConflict(result.theirs);
        return false;
      default: {
        const never: never = result;
        throw new Error(`Not a known result: ${JSON.stringify(never)}`);
      }
    }
  }

  #onSaved(revision: number, attempt: number): boolean {
    this.#note({ kind: 'sent', revision, attempt });
    this.#away = null;
    this.#failures = 0;
    if (this.#isUnsaved) {
      this.#show({ kind: 'unsaved' });
      this.#saveIn(saveDelayMs);
      return false;
    }
    this.#show({ kind: 'saved' });
    return true;
  }

  /** What looks like somebody else's draft may be what was sent from here and never answered. */
  #hasArrived(theirs: Theirs): boolean {
    const attempt = arrivedAttempt(this.#ledger, theirs);
    if (attempt >= 0) this.#onSaved(theirs.revision, attempt);
    return attempt >= 0;
  }

  #onAway(kind: 'offline' | 'signed-out'): boolean {
    this.#away = this.#away?.kind === kind ? this.#away : { kind, since: Date.now() };
    this.#showAway();
    this.#saveIn(Math.min(longestRetryMs, firstRetryMs * 2 ** this.#failures));
    this.#failures += 1;
    return false;
  }

  #showAway(): void {
    if (this.#away) this.#show({ ...this.#away, edits: this.#isUnsaved ? Math.max(1, this.#ledger.edits.length) : 0 });
  }

  #onConflict(theirs: Theirs): void {
    this.#away = null;
    this.#failures = 0;
    this.#options.document.settle();
    this.#show({ kind: 'conflict', base: this.#ledger.base, theirs });
  }

  /** From here on the document builds on theirs: what is saved next takes its place. */
  #build({ revision, graph }: Theirs, edit?: Ledger['edits'][number]): void {
    this.#note({ kind: 'based', revision, graph, ...(edit ? { edit } : {}) });
    this.#show({ kind: 'unsaved' });
  }

  #adopt(theirs: Theirs, label: string): void {
    this.#options.document.dispatch({ kind: 'replace', graph: theirs.graph, label }, { origin: 'conflict', label });
    this.#note({ kind: 'based', revision: theirs.revision, graph: null });
    this.#cancelTimer();
    this.#show({ kind: 'saved' });
  }
}
