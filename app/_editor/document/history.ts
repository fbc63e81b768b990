import { applyPatches, enablePatches, type Patch } from 'immer';
import type { Graph } from '#nodes/core/graph.ts';
import type { DraftOrigin } from '#server/pipelines/draft-why.ts';
import { inOrder } from './member-order.ts';

enablePatches();

export const undoDepth = 200;
/** Edits of one intent closer than this are one step of undo. */
export const coalesceMs = 1_000;

/** One step of undo: serialisable, so that a history can be kept beside its document. */
export type HistoryEntry = {
  label: string;
  intent: string | null;
  at: number;
  patches: Patch[];
  inverse: Patch[];
  /** Where the edit came from; absent: the operator made it by hand. */
  origin?: DraftOrigin;
};
export type DocumentState = { graph: Graph; past: HistoryEntry[]; future: HistoryEntry[] };

/** What happens to a document and its history. Replayed on the same state, the same steps give the same state again. */
export type DocumentStep =
  /** `continues`: it is part of the step of undo before it. */
  { kind: 'edit'; entry: HistoryEntry; continues: boolean } | { kind: 'undo' } | { kind: 'redo' } | { kind: 'settle' };

/** Whether an edit belongs to the step of undo that is there. */
export function continues({ past }: DocumentState, entry: HistoryEntry): boolean {
  const last = past.at(-1);
  return !!last && entry.intent !== null && last.intent === entry.intent && entry.at - last.at <= coalesceMs;
}

/** The state after a step; the same state where the step finds nothing to do. */
export function afterStep(state: DocumentState, step: DocumentStep): DocumentState {
  switch (step.kind) {
    case 'edit':
      return { graph: patched(state.graph, step.entry.patches), ...historyAfter(state, step) };
    case 'undo':
      return undone(state);
    case 'redo':
      return redone(state);
    case 'settle':
      return { ...state, past: settled(state.past) };
    default: {
      const never: never = step;
      throw new Error(`Not a known step: ${JSON.stringify(never)}`);
    }
  }
}

/** The history after an edit. What had been undone is forgotten. */
export function historyAfter(
  { past }: DocumentState,
  { entry, continues }: Extract<DocumentStep, { kind: 'edit' }>,
): Pick<DocumentState, 'past' | 'future'> {
  const last = past.at(-1);
  const next = continues && last ? [...past.slice(0, -1), joined(last, entry)] : [...past, entry].slice(-undoDepth);
  return { past: next, future: [] };
}

/** Two edits as one. Where both write the same places, the first one's values are never seen again. */
export function joined(first: HistoryEntry, second: HistoryEntry): HistoryEntry {
  return samePlaces(first.patches, second.patches) && samePlaces(first.inverse, second.inverse)
    ? { ...second, inverse: first.inverse }
    : {
        ...second,
        patches: [...first.patches, ...second.patches],
        inverse: [...second.inverse, ...first.inverse],
      };
}

function samePlaces(first: Patch[], second: Patch[]): boolean {
  return (
    first.length === second.length &&
    first.every(({ op, path }, index) => {
      const other = second[index];
      return op === 'replace' && other?.op === 'replace' && path.join('/') === other.path.join('/');
    })
  );
}

function patched(graph: Graph, patches: Patch[]): Graph {
  return inOrder(applyPatches(graph, patches));
}

function undone(state: DocumentState): DocumentState {
  const { graph, past, future } = state;
  const entry = past.at(-1);
  if (!entry) return state;
  return {
    graph: patched(graph, entry.inverse),
    past: settled(past.slice(0, -1)),
    future: [...future, { ...entry, intent: null }],
  };
}

function redone(state: DocumentState): DocumentState {
  const { graph, past, future } = state;
  const entry = future.at(-1);
  if (!entry) return state;
  return {
    graph: patched(graph, entry.patches),
    past: [...past, entry],
    future: future.slice(0, -1),
  };
}

/** The next edit starts a step of its own, whatever its intent. */
function settled(past: HistoryEntry[]): HistoryEntry[] {
  const last = past.at(-1);
  return last && last.intent !== null ? [...past.slice(0, -1), { ...last, intent: null }] : past;
}
