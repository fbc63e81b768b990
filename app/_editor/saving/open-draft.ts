import type { Graph } from '#nodes/core/graph.ts';
import { advance, arrivedAttempt, type Draft, draftOf, isUnsaved, type JournalStep } from './ledger.ts';
import { sameJson } from './same-json.ts';
import type { Theirs } from './save-state.ts';

export type Opened = {
  draft: Draft;
  /** What the server has instead, where edits of this browser build on something else. */
  conflict: Theirs | null;
  /** What is to be written down behind what the journal has; null: it begins anew. */
  steps: JournalStep[] | null;
};

/** Decides what a pipeline is opened with: what this browser kept of it, with its history, or what the server has. */
export function openDraft(kept: Draft | null, theirs: Theirs): Opened {
  const fresh = { draft: draftOf(theirs.graph, theirs.revision), conflict: null, steps: null };
  if (!kept) return fresh;
  const { revision, base } = kept.ledger;
  if (theirs.revision === revision && (base === null || sameDocument(base, theirs.graph)))
    return base === null
      ? taken(kept, { kind: 'based', revision, graph: theirs.graph })
      : { draft: kept, conflict: null, steps: [] };
  const attempt = arrivedAttempt(kept.ledger, theirs);
  if (attempt >= 0) return taken(kept, { kind: 'sent', revision: theirs.revision, attempt });
  if (sameJson(kept.document.graph, theirs.graph))
    return taken(kept, { kind: 'based', revision: theirs.revision, graph: null });
  return isUnsaved(kept) ? { draft: kept, conflict: theirs, steps: [] } : fresh;
}

function taken(kept: Draft, step: JournalStep): Opened {
  return { draft: advance(kept, step), conflict: null, steps: [step] };
}

/** The name is kept in the list of pipelines too, and may have been changed there. */
function sameDocument(a: Graph, b: Graph): boolean {
  return sameJson({ ...a, name: '' }, { ...b, name: '' });
}
