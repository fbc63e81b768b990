import type { RunEventData, RunEventKind } from '#nodes/core/run-events.ts';
import type { NodeStatus, OpenStep, RunRow } from '#server/runs/types.ts';
import type { Said } from './said.ts';

export type { RunEventData, RunEventKind, Said };

/** One event of a run; `seq` is gapless from 1 within the run. */
export type RunEvent = {
  [K in RunEventKind]: { seq: number; kind: K; at: number; data: RunEventData[K] };
}[RunEventKind];

export type LiveSnapshotRun = RunRow & { seq: number; nodes: Record<string, NodeStatus>; open: OpenStep[] };

/** What the live stream says: where runs stand, then everything that happens to them. */
export type LiveMessage =
  | { kind: 'snapshot'; runs: LiveSnapshotRun[] }
  | { kind: 'said'; said: Said[] }
  | { kind: 'events'; runId: string; ref: number; pipelineId: string; events: RunEvent[] };
