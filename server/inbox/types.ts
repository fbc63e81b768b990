import type { Provenance } from '#nodes/core/capabilities.ts';
import type { Decision, TaskRequest } from '#nodes/core/define-node.ts';
import type { NodeFailure } from '#nodes/core/errors.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import type { BatchTrouble, BudgetHold } from '#nodes/core/step.ts';
import type { Type } from '#nodes/core/types.ts';

export type TaskStatus = 'open' | 'decided' | 'expired' | 'cancelled';
/** What the operator says to "did this happen?". */
export type Answer = 'happened' | 'repeat' | 'stop';

/** What the operator says to "this failed, what now?". */
export type FailureChoice = 'retry' | 'edit' | 'skip' | 'stop' | 'undo';
/** What the operator says to "too many failures". */
export type ReviewChoice = 'release' | 'keep-held';

/** What the operator says to "over budget": raise it for this period, wait for room, or stop the step. */
export type BudgetChoice = 'raise' | 'wait' | 'stop';

/** What the operator says to "a batch cannot be looked at": look now, or give it up. */
export type BatchChoice = 'look' | 'stop';

export type TaskKind = 'approval' | 'decision' | 'failure' | 'review' | 'budget' | 'batch';
/** What a task of kind decision asks about. */
export type DecisionRequest = { kind: 'decision'; failure: NodeFailure; effectKey: string };
/** What a task of kind failure tells. */
export type FailureRequest = { kind: 'failure'; failure: NodeFailure };
/** What a task of kind budget tells: the call that did not fit. */
export type BudgetRequest = { kind: 'budget'; hold: BudgetHold };
/** What a task of kind batch tells: whose batch cannot be looked at, and why. */
export type BatchRequest = { kind: 'batch'; of: string; trouble: BatchTrouble };
/** What a task of kind review tells: a threshold was reached. `hold`: production runs are not started meanwhile. */
export type ReviewRequest = {
  kind: 'review';
  threshold: string;
  failures: number;
  withinMs: number;
  hold: boolean;
  examples: { runId: string; runRef: number; state: string; path: string; message: string }[];
};
/** An approval that an undo offers: it mends what cannot be taken back. */
export type OfferRequest = TaskRequest & { undo: { undoId: string; ord: number } };
export type StoredRequest =
  | TaskRequest
  | OfferRequest
  | DecisionRequest
  | FailureRequest
  | ReviewRequest
  | BudgetRequest
  | BatchRequest;

export type TaskDecision =
  | { kind: 'choice'; choice: FailureChoice | ReviewChoice | BudgetChoice | BatchChoice; by: string; at: number }
  | ({ kind: 'decision' } & Decision)
  | { kind: 'answer'; answer: Answer; by: string; at: number };

export type TaskRow = {
  id: string;
  kind: TaskKind;
  title: string;
  subject: string;
  risk: number;
  reasons: string[];
  pipelineId: string;
  pipelineName: string;
  runId: string;
  runRef: number;
  state: string;
  path: string;
  status: TaskStatus;
  createdAt: number;
  expiresAt: number | null;
  decidedAt: number | null;
  decision: TaskDecision | null;
};

export type TaskView = TaskRow & {
  request: StoredRequest;
  /** Names the task once: a decision must carry it. */
  token: string;
  provenance: { state: string; title: string; entries: Provenance[] }[];
  spend: { costMicros: number };
  /** What happens if it is approved. */
  effects: { text: string; reversible: boolean }[];
  /** For kind decision: what is known of the effect. */
  effect: { kind: string; intent: Json; intentAt: number } | null;
  /** For kind failure: what it failed with, what may be edited, and what it may be skipped with. */
  failed: FailedStep | null;
};

/** What the operator needs to decide on a failed step. Types are those of the language. */
export type FailedStep = {
  attempts: number;
  input: JsonObject;
  inputTypes: Record<string, Type>;
  /** What the node may be skipped with: it is taken to have left by this outcome. */
  skip: { outcome: string; type: Type };
};
