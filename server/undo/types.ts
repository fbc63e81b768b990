import type { NodeFailure } from '#nodes/core/errors.ts';
import type { JsonObject } from '#nodes/core/json.ts';

/** `reverts`: it will be as before. `offers`: what happened stays, the operator is offered what would mend it. */
export type UndoCan = 'reverts' | 'offers' | 'cannot';

/** One finished step whose effect an undo takes back, or cannot. Money is micro-dollars. */
export type UndoPlanItem = {
  stepId: string;
  /** The run it ran in: the run itself, or one that it called. */
  runId: string;
  state: string;
  path: string;
  /** What will be done, or what it is that cannot be, in the operator's words. */
  title: string;
  /** Short text of the item it worked on; empty outside a map. */
  label: string;
  can: UndoCan;
  /** Why it cannot be reverted; empty where it can. */
  why: string;
  spentMicros: number;
};

/** What an undo of a run would do, the newest step first. */
export type UndoPlan = {
  runId: string;
  /** Effects after this event are taken back; 0 is all. */
  toSeq: number;
  items: UndoPlanItem[];
  revertible: number;
  offers: number;
  irreversible: number;
  total: number;
  /** Steps that an earlier undo has dealt with. */
  alreadyUndone: number;
  /** What was spent stays spent. */
  keptSpendMicros: number;
  /** The run is still under way: it is cancelled first. */
  cancelsRun: boolean;
};

export type UndoItemStatus = 'pending' | 'running' | 'reverted' | 'offered' | 'cannot' | 'failed';

/** What became of an item. `taskId`: the approval that offers to mend it; `mended`: what the operator decided on that. */
export type UndoItemResult = {
  summary: string;
  details?: JsonObject;
  taskId?: string;
  mended?: { kind: 'mended' | 'declined'; summary: string };
};

export type UndoItemRow = UndoPlanItem & {
  ord: number;
  status: UndoItemStatus;
  attempt: number;
  result: UndoItemResult | null;
  failure: NodeFailure | null;
  endedAt: number | null;
};

/** An undo that was asked for and how far it is. */
export type UndoStatus = {
  undoId: string;
  runId: string;
  kind: 'undo' | 'rewind';
  toSeq: number;
  /** `partly`: something could not be reverted. */
  status: 'running' | 'done' | 'partly';
  by: string;
  createdAt: number;
  endedAt: number | null;
  items: UndoItemRow[];
  keptSpendMicros: number;
};
