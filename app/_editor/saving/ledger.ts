import type { Graph } from '#nodes/core/graph.ts';
import type { DraftOrigin, DraftWhy } from '#server/pipelines/draft-why.ts';
import { afterStep, type DocumentState, type DocumentStep } from '../document/history.ts';
import { sameJson } from './same-json.ts';

export type Edit = { label: string; origin: DraftOrigin };

/** What the server is known to have, and what it does not have yet. */
export type Ledger = {
  /** Revision of the server's draft that the document builds on, and that draft; null: not known any more. */
  revision: number;
  base: Graph | null;
  /** The edits since then, one for each step of undo. */
  edits: Edit[];
  /** What was sent since then without an answer: it may have arrived all the same. `edits`: how many it had. */
  attempts: { graph: Graph; edits: number }[];
};

/** What happens between a document and the server. */
export type SaveStep =
  | { kind: 'sending' }
  /** The server has what was sent with this attempt. */
  | { kind: 'sent'; revision: number; attempt: number }
  /** The document builds on another draft of the server: on `graph`, or (null) it is that draft. */
  | { kind: 'based'; revision: number; graph: Graph | null; edit?: Edit };

export type JournalStep = DocumentStep | SaveStep;

/** All of an open draft that outlives its page. */
export type Draft = { document: DocumentState; ledger: Ledger };

const keptAttempts = 20;
const summaryLimit = 200;

/** A draft as the server has it. */
export function draftOf(graph: Graph, revision: number): Draft {
  return { document: { graph, past: [], future: [] }, ledger: { revision, base: graph, edits: [], attempts: [] } };
}

/** Whether there is something that the server is not known to have. */
export function isUnsaved({ document, ledger }: Draft): boolean {
  return document.graph !== ledger.base;
}

/** The draft after a step: so a journal is read. */
export function advance(draft: Draft, step: JournalStep): Draft {
  const document = isSaveStep(step) ? draft.document : afterStep(draft.document, step);
  return { document, ledger: ledgerAfter(draft.ledger, step, document) };
}

/** The ledger after a step that led to this document. */
export function ledgerAfter(ledger: Ledger, step: JournalStep, document: DocumentState): Ledger {
  switch (step.kind) {
    case 'edit': {
      const sent = ledger.attempts.at(-1)?.edits ?? 0;
      if (step.continues && ledger.edits.length > sent) return ledger;
      return noted(ledger, { label: step.entry.label, origin: step.entry.origin ?? 'operator' });
    }
    case 'undo':
    case 'redo': {
      const entry = (step.kind === 'undo' ? document.future : document.past).at(-1);
      const word = step.kind === 'undo' ? 'Undo' : 'Redo';
      return noted(ledger, { label: `${word}: ${entry?.label ?? ''}`, origin: entry?.origin ?? 'operator' });
    }
    case 'settle':
      return ledger;
    case 'sending': {
      const { attempts } = ledger;
      const kept = attempts.length < keptAttempts ? attempts : attempts.slice(0, -1);
      return { ...ledger, attempts: [...kept, { graph: document.graph, edits: ledger.edits.length }] };
    }
    case 'sent': {
      const sent = ledger.attempts[step.attempt];
      const edits = ledger.edits.slice(sent?.edits ?? 0);
      return { revision: step.revision, base: sent?.graph ?? ledger.base, edits, attempts: [] };
    }
    case 'based': {
      const edits = step.graph === null ? [] : ledger.edits;
      const next = { revision: step.revision, base: step.graph ?? document.graph, edits, attempts: [] };
      return step.edit ? noted(next, step.edit) : next;
    }
    default: {
      const never: never = step;
      throw new Error(`Not a known step: ${JSON.stringify(never)}`);
    }
  }
}

/** The attempt that arrived although its answer did not, told by what the server has now; -1: none of them. */
export function arrivedAttempt(ledger: Ledger, theirs: { revision: number; graph: Graph }): number {
  if (theirs.revision !== ledger.revision + 1) return -1;
  return ledger.attempts.findLastIndex(({ graph }) => sameJson(graph, theirs.graph));
}

/** What the history of the draft says about a save of these edits. */
export function whyOf(edits: Edit[]): DraftWhy {
  const origin = edits.findLast((edit) => edit.origin !== 'operator')?.origin ?? 'operator';
  let summary = '';
  for (const label of new Set(edits.map((edit) => edit.label))) {
    const longer = summary === '' ? label : `${summary}, ${label}`;
    if (longer.length <= summaryLimit) summary = longer;
  }
  return { origin, summary };
}

function noted(ledger: Ledger, edit: Edit): Ledger {
  return { ...ledger, edits: [...ledger.edits, edit] };
}

function isSaveStep(step: JournalStep): step is SaveStep {
  return step.kind === 'sending' || step.kind === 'sent' || step.kind === 'based';
}
