import type { NodeFailure } from '#nodes/core/errors.ts';
import type { Json } from '#nodes/core/json.ts';
import type { WaitReason } from '#nodes/core/step.ts';
import type { NodeStatus, RunRow } from '#server/runs/types.ts';

type At = { state: string; path: string };

/** What each kind of event tells. Money is micro-dollars, `ms` the time between start and end of the step. */
export type RunEventData = {
  'run.queued': Record<string, never>;
  'run.started': Record<string, never>;
  'run.waiting': Record<string, never>;
  'run.resumed': Record<string, never>;
  'run.completed': { output: Json; spendMicros: number };
  'run.failed': { failure: NodeFailure };
  'run.cancelled': Record<string, never>;
  'step.ready': At;
  'step.started': At & { attempt: number };
  'step.done': At & { outcome: string; ms: number };
  'step.failed': At & { outcome: string | null; failure: NodeFailure; ms: number };
  'step.waiting': At & { waiting: WaitReason };
  'step.cancelled': At;
  'map.progress': At & { total: number; finished: number; failed: number };
  spend: At & { costMicros: number };
};
export type RunEventKind = keyof RunEventData;

/** One event of a run; `seq` is gapless from 1 within the run. */
export type RunEvent = {
  [K in RunEventKind]: { seq: number; kind: K; at: number; data: RunEventData[K] };
}[RunEventKind];

export type LiveSnapshotRun = RunRow & { seq: number; nodes: Record<string, NodeStatus> };

/** What the live stream says: where runs stand, then everything that happens to them. */
export type LiveMessage =
  | { kind: 'snapshot'; runs: LiveSnapshotRun[] }
  | { kind: 'events'; runId: string; ref: number; pipelineId: string; events: RunEvent[] };
