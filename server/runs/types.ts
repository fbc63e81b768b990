import type { Provenance } from '#nodes/core/capabilities.ts';
import type { NodeFailure } from '#nodes/core/errors.ts';
import type { Graph } from '#nodes/core/graph.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import type { WaitReason } from '#nodes/core/step.ts';
import type { PrunedValue } from '#server/retention/pruned-value.ts';

export type RunStatus = 'queued' | 'running' | 'waiting' | 'completed' | 'failed' | 'cancelled';
export type StepStatus = 'ready' | 'running' | 'waiting' | 'done' | 'failed' | 'cancelled';
/** How far an undo of the run is; `partly`: something could not be reverted. */
export type RunUndo = 'undoing' | 'undone' | 'partly';
export type RunMode = 'test' | 'production';
/** A test run of a part of the draft: one node, until a node, or from a node of another run. `title`: of that node then. */
export type RunPart = { kind: 'one' | 'until' | 'from'; nodeId: string; title: string };

/** A run as lists show it. Times are epoch milliseconds, money is micro-dollars. */
export type RunRow = {
  id: string;
  /** R-<ref> within the project. */
  ref: number;
  pipelineId: string;
  pipelineName: string;
  /** Null for a test run of the draft. */
  version: number | null;
  mode: RunMode;
  trigger: string;
  /** Null: all of its pipeline. */
  part: RunPart | null;
  status: RunStatus;
  /** Kinds of waiting of its steps: approval, decision, retry. */
  waitingFor: string[];
  spendMicros: number;
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
  failure: NodeFailure | null;
  /** Since when nothing of it begins; null: it is not paused. */
  pausedAt: number | null;
  /** Null: nobody asked for an undo. */
  undo: RunUndo | null;
};

/** What all steps of one node of a run add up to, over every iteration. */
export type NodeStatus = {
  ready: number;
  running: number;
  waiting: number;
  done: number;
  failed: number;
  cancelled: number;
  /** Steps that are done, but that an undo took back. What a rewind took back is not counted at all. */
  undone: number;
  attempts: number;
  waitingFor: WaitReason | null;
  failure: NodeFailure | null;
  costMicros: number;
  /** Model calls that earlier answers stood for; absent: none. */
  cached?: number;
  /** Time spent in steps that ended, waiting included where a step waited between start and end. */
  workMs: number;
  firstStartedAt: number | null;
  lastEndedAt: number | null;
  /** Path of the step that changed last. */
  lastPath: string;
  outcomes: Record<string, number>;
  map?: { total: number; finished: number; failed: number };
};

/** A step that is not over. */
export type OpenStep = { state: string; path: string; status: 'ready' | 'running' | 'waiting'; attempt: number };

/** Where a run comes from and which runs it called. */
export type Lineage = {
  /** The step that called it. */
  calledBy: { runId: string; ref: number; pipelineName: string; state: string; path: string } | null;
  /** The run that it was forked from, and the event up to which it took over finished steps. */
  forkedFrom: { runId: string; ref: number; seq: number } | null;
  /** The runs that its steps called. */
  called: { runId: string; ref: number; pipelineName: string; status: RunStatus; state: string; path: string }[];
};

export type RunDetail = RunRow & {
  graph: Graph;
  input: Json;
  output: Json;
  /** Events up to here are contained in what is told. */
  seq: number;
  nodes: Record<string, NodeStatus>;
  open: OpenStep[];
  programHash: string;
  /** By node: mails that were kept in the Outbox and not sent, because no mail server was set. */
  keptInOutbox: Record<string, number>;
  lineage: Lineage;
};

export type StepRow = {
  state: string;
  path: string;
  attempt: number;
  status: StepStatus;
  outcome: string | null;
  waitingFor: WaitReason | null;
  startedAt: number | null;
  endedAt: number | null;
  costMicros: number;
  failure: NodeFailure | null;
  /** Short text of the item it works on, e.g. the company's name; empty outside a map. */
  label: string;
};

/** A line that a step logged, or what a model answered to it. Times are epoch milliseconds, money is micro-dollars. */
export type ConsoleEntry = { state: string; path: string; at: number; label: string } & (
  | { kind: 'log'; message: string; data: JsonObject | null }
  | {
      kind: 'model';
      model: string;
      rehearsal: boolean;
      inputTokens: number;
      outputTokens: number;
      costMicros: number;
      /** False: the model has no price, so its cost is unknown. */
      priced: boolean;
      text: string;
      /** There is more of the text in the step's output. */
      cut: boolean;
    }
);

export type AttemptRow = {
  attempt: number;
  startedAt: number;
  endedAt: number | null;
  /** done | failed | waiting | lost; null while it runs. */
  result: string | null;
  failure: NodeFailure | null;
};

export type StepSpend = {
  model: string;
  provider: string;
  rehearsal: boolean;
  inputTokens: number;
  outputTokens: number;
  /** Null where the model has no price: the cost is unknown then. */
  priceId: string | null;
  inputMicrosPerM: number | null;
  outputMicrosPerM: number | null;
  costMicros: number;
  /** An answer that was kept: nothing was asked or paid. */
  cached: boolean;
  /** What of the price was charged, in thousandths; 1000 unless it came with a batch. */
  permille: number;
  at: number;
};

export type StepEffect = {
  key: string;
  kind: string;
  /** intended | done | failed | unknown | abandoned */
  status: string;
  receipt: Json;
  intentAt: number;
  receiptAt: number | null;
};

/** What steps of this node cost before, in micro-dollars. */
export type Estimate = { p50Micros: number; p90Micros: number; samples: number };

/** What the retention policy removed of a step: a hash and the size of each value. */
export type PrunedValues = Record<'input' | 'output' | 'provenance' | 'logs', PrunedValue | null>;

export type StepDetail = StepRow & {
  input: Json;
  output: Json;
  provenance: Provenance[];
  logs: Json;
  /** Null where all values are there. A removed input or output is the note itself. */
  pruned: PrunedValues | null;
  attempts: AttemptRow[];
  spend: StepSpend[];
  effects: StepEffect[];
  upstream: { state: string; path: string; output: Json }[];
  estimate: Estimate | null;
  task: { id: string; status: string } | null;
};

export type TimelineRow = StepRow & { attempts: AttemptRow[] };
/** At most 500 steps in the order of their start; what is beyond is counted by node. */
export type Timeline = { rows: TimelineRow[]; rest: { state: string; steps: number }[]; restSteps: number };
