import { produceWithPatches } from 'immer';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Graph } from '#nodes/core/graph.ts';
import type { DraftOrigin } from '#server/pipelines/draft-why.ts';
import { applyCommand } from './apply.ts';
import { type Command, intentOf, labelOf } from './command.ts';
import { afterStep, continues, type DocumentState, type DocumentStep, historyAfter } from './history.ts';
import { inOrder } from './member-order.ts';
import { createTyped, type Typed } from './typed.ts';

export { coalesceMs, type DocumentState, type HistoryEntry, undoDepth } from './history.ts';

/** Where an edit came from that the operator did not make by hand, and what it is called then. */
export type EditWhy = { origin: DraftOrigin; label?: string };

/** The document being edited: framework-free; React binds to `store`. */
export type DocumentStore = Typed & {
  store: StoreApi<DocumentState>;
  /** Applies a command as one undoable edit. Answers whether the document changed. */
  dispatch(command: Command, why?: EditWhy): boolean;
  undo(): boolean;
  redo(): boolean;
  /** Ends the present step of undo: the next edit starts a new one whatever its intent. */
  settle(): void;
  /** Is told of every step, after it was done. Answers how to stop. */
  onStep(listener: (step: DocumentStep) => void): () => void;
};

/** Creates the store of one open document, with the history that belongs to it. `now` is in epoch milliseconds. */
export function createDocumentStore(
  graph: Graph,
  now: () => number = Date.now,
  history: Pick<DocumentState, 'past' | 'future'> = { past: [], future: [] },
): DocumentStore {
  const store = createStore<DocumentState>(() => ({
    graph: inOrder(graph),
    past: history.past,
    future: history.future,
  }));
  const listeners = new Set<(step: DocumentStep) => void>();
  const typed = createTyped();

  const become = (state: DocumentState, step: DocumentStep) => {
    store.setState(state);
    for (const listener of listeners) listener(step);
  };
  const take = (step: DocumentStep): boolean => {
    typed.flush();
    const before = store.getState();
    const after = afterStep(before, step);
    if (after.past === before.past && after.future === before.future) return false;
    become(after, step);
    return true;
  };

  return {
    store,
    ...typed,
    dispatch(command, why) {
      typed.flush();
      const before = store.getState();
      const [after, patches, inverse] = produceWithPatches(before.graph, (draft) => applyCommand(draft, command));
      if (after === before.graph || patches.length === 0) return false;
      const entry = {
        label: why?.label ?? labelOf(command),
        intent: why ? null : intentOf(command),
        at: now(),
        patches,
        inverse,
        ...(why ? { origin: why.origin } : {}),
      };
      const step = { kind: 'edit', entry, continues: continues(before, entry) } as const;
      become({ graph: inOrder(after), ...historyAfter(before, step) }, step);
      return true;
    },
    undo: () => take({ kind: 'undo' }),
    redo: () => take({ kind: 'redo' }),
    settle: () => void take({ kind: 'settle' }),
    onStep(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
