import { applyPatches, enablePatches, type Patch, produceWithPatches } from 'immer';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Graph } from '#nodes/core/graph.ts';
import { applyCommand } from './apply.ts';
import { type Command, intentOf, labelOf } from './command.ts';
import { inOrder } from './member-order.ts';
import { createTyped } from './typed.ts';

enablePatches();

export const undoDepth = 200;
/** Edits of one intent closer than this are one step of undo. */
export const coalesceMs = 1_000;

/** One step of undo: serialisable, so that a history can be kept beside its document. */
export type HistoryEntry = { label: string; intent: string | null; at: number; patches: Patch[]; inverse: Patch[] };
export type DocumentState = { graph: Graph; past: HistoryEntry[]; future: HistoryEntry[] };

/** The document being edited: framework-free; React binds to `store`. */
export type DocumentStore = {
  store: StoreApi<DocumentState>;
  /** Applies a command as one undoable edit. Answers whether the document changed. */
  dispatch(command: Command): boolean;
  undo(): boolean;
  redo(): boolean;
  /** Ends the present step of undo: the next edit starts a new one whatever its intent. */
  settle(): void;
  /**
   * Makes an edit a moment later, so that typing does not wait for the document. Another one for the same field takes
   * its place; everything else that touches the document makes it first.
   */
  later(field: string, edit: () => void): void;
  /** Whether an edit of this field waits. */
  isTyped(field: string): boolean;
  /** Makes the edit that waits. */
  flush(): void;
};

/** Creates the store of one open document. `now` is in epoch milliseconds. */
export function createDocumentStore(graph: Graph, now: () => number = Date.now): DocumentStore {
  const store = createStore<DocumentState>(() => ({ graph: inOrder(graph), past: [], future: [] }));
  const typed = createTyped();

  return {
    store,
    ...typed,
    dispatch(command) {
      typed.flush();
      const before = store.getState();
      const [after, patches, inverse] = produceWithPatches(before.graph, (draft) => applyCommand(draft, command));
      if (after === before.graph || patches.length === 0) return false;
      const entry = { label: labelOf(command), intent: intentOf(command), at: now(), patches, inverse };
      store.setState({ graph: inOrder(after), past: pushEntry(before.past, entry), future: [] });
      return true;
    },
    undo() {
      typed.flush();
      const { graph: present, past, future } = store.getState();
      const entry = past.at(-1);
      if (!entry) return false;
      store.setState({
        graph: inOrder(applyPatches(present, entry.inverse)),
        past: past.slice(0, -1),
        future: [...future, { ...entry, intent: null }],
      });
      return true;
    },
    redo() {
      typed.flush();
      const { graph: present, past, future } = store.getState();
      const entry = future.at(-1);
      if (!entry) return false;
      store.setState({
        graph: inOrder(applyPatches(present, entry.patches)),
        past: [...past, entry],
        future: future.slice(0, -1),
      });
      return true;
    },
    settle() {
      typed.flush();
      const { past } = store.getState();
      const last = past.at(-1);
      if (last && last.intent !== null) store.setState({ past: [...past.slice(0, -1), { ...last, intent: null }] });
    },
  };
}

function pushEntry(past: HistoryEntry[], entry: HistoryEntry): HistoryEntry[] {
  const last = past.at(-1);
  if (last && entry.intent !== null && last.intent === entry.intent && entry.at - last.at <= coalesceMs) {
    const merged = {
      ...entry,
      patches: [...last.patches, ...entry.patches],
      inverse: [...entry.inverse, ...last.inverse],
    };
    return [...past.slice(0, -1), merged];
  }
  return [...past, entry].slice(-undoDepth);
}
