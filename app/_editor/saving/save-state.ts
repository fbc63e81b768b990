import type { Graph } from '#nodes/core/graph.ts';
import type { DraftWhy } from '#server/pipelines/draft-why.ts';

/** The draft as the server has it. */
export type Theirs = { revision: number; graph: Graph; updatedAt: number };

/** How far what the operator sees is kept on the server. */
export type SaveState =
  | { kind: 'saved' }
  | { kind: 'unsaved' }
  | { kind: 'saving' }
  /** The server does not answer, or wants to know who asks. It is tried again, and edits are kept in this browser. */
  | { kind: 'offline' | 'signed-out'; edits: number; since: number }
  /** The server refused; `message` says why. The next edit tries again. */
  | { kind: 'refused'; message: string }
  /** `base`: what both drafts were made of, where that is known. */
  | { kind: 'conflict'; base: Graph | null; theirs: Theirs };

export type SaveResult =
  | { kind: 'saved'; revision: number }
  | { kind: 'conflict'; theirs: Theirs }
  | { kind: 'offline' | 'signed-out' }
  | { kind: 'refused'; message: string };

export type SaveRequest = { revision: number; graph: Graph; why: DraftWhy };
