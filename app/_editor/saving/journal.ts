import { createStore, type StoreApi } from 'zustand/vanilla';
import { joined } from '../document/history.ts';
import { type JournalDb, stepsOf } from './journal-db.ts';
import { type Draft, isUnsaved, type JournalStep } from './ledger.ts';

/** Whether this browser keeps what is edited. */
export type JournalState = { kind: 'kept' } | { kind: 'unkept'; why: 'unavailable' | 'full' };

/** Keeps what happens to a draft beside the server: for a crash, a closed lid, a lost network, and for undo. */
export type Journal = {
  state: StoreApi<JournalState>;
  /** Begins: `draft` answers what there is now. `continued`: the journal has it already. */
  follow(draft: () => Draft, continued: boolean): void;
  /** Notes a step. It is written within `journalDelayMs`. */
  append(step: JournalStep): void;
  /** Writes at once what is not written. Never fails: see `state`. */
  flush(): Promise<void>;
  stop(): Promise<void>;
};

export const journalDelayMs = 300;
const retryDelayMs = 5_000;
/** After so many steps, or steps that hold so many elements, the journal begins again with a snapshot. */
const longSteps = 300;
const longElements = 20_000;

export type JournalOptions = {
  db: JournalDb;
  /** Connects anew, where the browser closed the connection. */
  open: () => Promise<JournalDb>;
  id: string;
  pipelineId: string;
  /** Number of the next step, and how many there are since the snapshot. */
  next: number;
  since: number;
  /** There is no snapshot yet. */
  empty: boolean;
  /** Called once it is stopped. */
  release: () => void;
};

/** A journal in the browser's database. */
export function createJournal(options: JournalOptions): Journal {
  return new IdbJournal(options);
}

/** Stands where the browser cannot keep anything. */
export function noJournal(): Journal {
  return {
    state: createStore<JournalState>(() => ({ kind: 'unkept', why: 'unavailable' })),
    follow: () => {},
    append: () => {},
    flush: async () => {},
    stop: async () => {},
  };
}

class IdbJournal implements Journal {
  readonly state: StoreApi<JournalState> = createStore<JournalState>(() => ({ kind: 'kept' }));
  readonly #options: JournalOptions;
  #draft: (() => Draft) | null = null;
  #pending: JournalStep[] = [];
  #db: JournalDb | null;
  /** The next write is a snapshot, which takes the place of all that was written before. */
  #renewing: boolean;
  #next: number;
  #since: { steps: number; elements: number };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#db = options.db;
    this.#renewing = options.empty;
    this.#next = options.next;
    this.#since = { steps: options.since, elements: 0 };
  }

  follow(draft: () => Draft, continued: boolean): void {
    this.#draft = draft;
    this.#renewing ||= !continued;
    this.#timer = setTimeout(() => void this.flush(), journalDelayMs);
  }

  append(step: JournalStep): void {
    if (this.#stopped) return;
    addStep(this.#pending, step);
    // Not put off by the next step: who types without a pause is written down all the same.
    this.#timer ??= setTimeout(() => void this.flush(), journalDelayMs);
  }

  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async stop(): Promise<void> {
    await this.flush();
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#db?.close();
    this.#options.release();
  }

  async #write(): Promise<void> {
    const steps = this.#pending;
    if (!this.#draft || this.#stopped || (steps.length === 0 && !this.#mustRenew(this.#draft()))) return;
    this.#pending = [];
    try {
      this.#db ??= await this.#options.open();
      await this.#put(this.#db, this.#draft(), steps);
      this.#show({ kind: 'kept' });
    } catch (error) {
      // What was to be written is in the draft: the next write, on a new connection, puts all of it down.
      this.#renewing = true;
      this.#db?.close();
      this.#db = null;
      this.#timer ??= setTimeout(() => void this.flush(), retryDelayMs);
      const full = error instanceof DOMException && error.name === 'QuotaExceededError';
      this.#show({ kind: 'unkept', why: full ? 'full' : 'unavailable' });
    }
  }

  /** A draft without edits needs no snapshot before its first one, unless it is there to shorten the journal. */
  #mustRenew(draft: Draft): boolean {
    return this.#renewing && (this.#since.steps > 0 || isUnsaved(draft));
  }

  #show(state: JournalState): void {
    this.state.setState(state, true);
  }

  async #put(db: JournalDb, draft: Draft, steps: JournalStep[]): Promise<void> {
    const { id, pipelineId } = this.#options;
    const tx = db.transaction(['heads', 'snapshots', 'steps'], 'readwrite');
    const head = { id, pipelineId, touchedAt: Date.now(), unsaved: isUnsaved(draft) };
    const written: Promise<unknown>[] = [tx.done, tx.objectStore('heads').put(head)];
    const stored = tx.objectStore('steps');
    if (this.#renewing) {
      written.push(stored.delete(stepsOf(id)), tx.objectStore('snapshots').put({ id, at: this.#next, draft }));
      this.#since = { steps: 0, elements: 0 };
      this.#renewing = false;
    } else {
      written.push(...steps.map((step, index) => stored.put(step, [id, this.#next + index])));
      this.#next += steps.length;
      this.#since.steps += steps.length;
      this.#since.elements += steps.reduce((sum, step) => sum + elementsOf(step), 0);
    }
    // Not left to the browser, which gives up what is not committed when the page goes.
    tx.commit();
    await Promise.all(written);
    if (this.#since.steps > longSteps || this.#since.elements > longElements) whenIdle(() => this.#renew());
  }

  #renew(): void {
    this.#renewing = true;
    void this.flush();
  }
}

/** Typing is one step for each write, not for each key. */
function addStep(pending: JournalStep[], step: JournalStep): void {
  const last = pending.at(-1);
  if (last?.kind === 'edit' && step.kind === 'edit' && step.continues)
    pending[pending.length - 1] = { ...last, entry: joined(last.entry, step.entry) };
  else pending.push(step);
}

function elementsOf(step: JournalStep): number {
  if (step.kind === 'based') return step.graph?.nodes.length ?? 0;
  if (step.kind !== 'edit') return 0;
  return step.entry.patches.reduce((sum, { value }) => sum + sizeOf(value), 0);
}

/** A list counts with all of it, a whole document with its nodes. */
function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  const { nodes } = (value ?? {}) as { nodes?: unknown };
  return Array.isArray(nodes) ? nodes.length : 1;
}

function whenIdle(act: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(act, { timeout: 5_000 });
  else setTimeout(act, 0);
}
