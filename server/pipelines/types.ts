import type { Diagnostic } from '#nodes/core/diagnostics.ts';
import type { Graph } from '#nodes/core/graph.ts';
import type { CostBand, NodeEstimate } from '#server/money/types.ts';
import type { RunStatus } from '#server/runs/types.ts';
import type { DraftOrigin } from './draft-why.ts';

export type PipelineRow = {
  id: string;
  name: string;
  template: string | null;
  /** Number of the published version, null while there is none. */
  published: number | null;
  draftRevision: number;
  draftDiffers: boolean;
  enabled: boolean;
  updatedAt: number;
  /** The newest 12, newest first; `ms` is null while a run goes on. */
  lastRuns: { status: RunStatus; spendMicros: number; ms: number | null }[];
  spendMicros30d: number;
  runs30d: number;
  succeeded30d: number;
};

export type PipelineView = {
  id: string;
  name: string;
  template: string | null;
  draft: Graph;
  draftRevision: number;
  published: number | null;
  enabled: boolean;
  draftDiffers: boolean;
  updatedAt: number;
};

/** What the last finished steps of a node cost, in micro-dollars, and how long they took from start to end. */
export type NodeHistory = { samples: number; p50Micros: number; p90Micros: number; p50Ms: number; p90Ms: number };
/** By node id; `runs`: what whole runs spent, null while none was completed. */
export type PipelineHistory = {
  nodes: Record<string, NodeHistory>;
  /** Model nodes of the draft: what they are likely to cost, also where they never ran. Empty where the draft does not compile. */
  models: Record<string, NodeEstimate>;
  /** What a run of the draft is likely to cost by them; null where nobody can say. */
  expected: CostBand | null;
  runs: { samples: number; p50Micros: number; p90Micros: number } | null;
};

export type VersionRow = {
  number: number;
  programHash: string;
  note: string;
  createdBy: string;
  createdAt: number;
};
/** A version with what it holds and how its runs went. */
export type VersionItem = VersionRow & {
  nodes: number;
  runs: number;
  succeeded: number;
  spendMicros: number;
};
export type VersionView = VersionRow & { graph: Graph };
export type Published = { number: number; programHash: string; diagnostics: Diagnostic[] };

/** A state that the draft had: `at` is when it was saved last, `beganAt` when the first save of its sitting was made. */
export type DraftSaveRow = {
  id: string;
  revision: number;
  beganAt: number;
  at: number;
  by: string;
  origin: DraftOrigin;
  summary: string;
};
export type DraftSaveView = DraftSaveRow & { graph: Graph };
