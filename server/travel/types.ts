import type { Json } from '#nodes/core/json.ts';
import type { Incompatibility } from '#nodes/core/travel/compatible.ts';
import type { StepStatus } from '#server/runs/types.ts';

/** A point of a run that can be looked at, forked from and rewound to: after the event `seq`. */
export type CheckpointRow = {
  seq: number;
  at: number;
  /** `start`: nothing has run. `step`: this step had just ended. `iteration`: an iteration of a map or a loop had. */
  kind: 'start' | 'step' | 'iteration';
  state: string;
  path: string;
  status: 'done' | 'failed';
  outcome: string | null;
  /** Taken over from the run that this one was forked from; it can be looked at, but not rewound to one by one. */
  inherited: boolean;
};

export type StateAtStep = { state: string; path: string; status: StepStatus; outcome: string | null };
/** Where a run stood after the event `seq`. Values are fetched one by one: `runs.valueAt`. */
export type StateAt = {
  seq: number;
  /** Of each node: how many of its steps were in which status. */
  nodes: Record<string, Partial<Record<StepStatus, number>>>;
  /** Steps that had ended, in their order, at most 2,000; and those that were ready then. */
  steps: StateAtStep[];
  frontier: { state: string; path: string }[];
  maps: { state: string; path: string; total: number; finished: number; failed: number }[];
  ended: 'completed' | 'failed' | null;
};

export type ValueAt = { state: string; path: string; outcome: string | null; input: Json; output: Json };

export type ForkVersion = 'same' | 'newest';
export type ForkEdit = { state: string; path: string; output: Json };

/** Whether a run can go on on the newest version. `version`: its number, null for the draft. */
export type RunCompatibility = { ok: boolean; version: number | null; problems: Incompatibility[] };

/** What a run of the draft from a step of another run would take over, and what of it cannot be taken back. */
export type FromPlan = RunCompatibility & { ref: number; inherited: number; writes: string[] };

export type PinRow = { nodeId: string; outcome: string; output: Json; at: number; by: string | null };
