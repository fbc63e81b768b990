import type { Provenance } from '#nodes/core/capabilities.ts';
import type { Decision, TaskRequest } from '#nodes/core/define-node.ts';
import type { NodeFailure } from '#nodes/core/errors.ts';
import type { Json } from '#nodes/core/json.ts';

export type TaskStatus = 'open' | 'decided' | 'expired' | 'cancelled';
/** What the operator says to "did this happen?". */
export type Answer = 'happened' | 'repeat' | 'stop';

/** What a task of kind decision asks about. */
export type DecisionRequest = { kind: 'decision'; failure: NodeFailure; effectKey: string };

export type TaskDecision =
  | ({ kind: 'decision' } & Decision)
  | { kind: 'answer'; answer: Answer; by: string; at: number };

export type TaskRow = {
  id: string;
  kind: 'approval' | 'decision';
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
  request: TaskRequest | DecisionRequest;
  /** Names the task once: a decision must carry it. */
  token: string;
  provenance: { state: string; title: string; entries: Provenance[] }[];
  spend: { costMicros: number };
  /** What happens if it is approved. */
  effects: { text: string; reversible: boolean }[];
  /** For kind decision: what is known of the effect. */
  effect: { kind: string; intent: Json; intentAt: number } | null;
};
