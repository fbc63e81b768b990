import type { RunEventData, RunEventKind } from '#nodes/core/run-events.ts';
import type { NodeStatus, RunRow } from '#server/runs/types.ts';

export type { RunEventData, RunEventKind };

/** One event of a run; `seq` is gapless from 1 within the run. */
export type RunEvent = {
  [K in RunEventKind]: { seq: number; kind: K; at: number; data: RunEventData[K] };
}[RunEventKind];

export type LiveSnapshotRun = RunRow & { seq: number; nodes: Record<string, NodeStatus> };

/** What the live stream says: where runs stand, then everything that happens to them. */
export type LiveMessage =
  | { kind: 'snapshot'; runs: LiveSnapshotRun[] }
  | { kind: 'events'; runId: string; ref: number; pipelineId: string; events: RunEvent[] };
