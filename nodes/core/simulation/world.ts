import type { ScopeValues } from '../bindings.ts';
import type { Decision, TaskRequest, Woken } from '../define-node.ts';
import type { NodeFailure } from '../errors.ts';
import type { ItemResult } from '../iterations.ts';
import type { Json, JsonObject } from '../json.ts';
import { innermost, type Path, type Program } from '../program.ts';
import type { JoinCounts } from '../settle.ts';
import type { WaitReason } from '../step.ts';

export type SimulatedStep = {
  state: string;
  path: Path;
  status: 'ready' | 'waiting' | 'done' | 'failed' | 'cancelled';
  attempt: number;
  outcome: string | null;
  output: Json;
  waiting: WaitReason | null;
};

/** What the operator does about a step that failed for good. */
export type Resolution =
  | { kind: 'retry'; input?: JsonObject }
  | { kind: 'skip'; value: Json }
  | { kind: 'stop'; failure?: NodeFailure };

/** One activation of a state that asks what its node would answer. */
export type StepRequest = {
  state: string;
  path: Path;
  attempt: number;
  scope: ScopeValues;
  /** By the simulated clock. */
  nowMs: number;
  /** What it waited for has come. */
  woken: Woken | null;
  /** The operator has decided: about a proposal, or to try it once more. */
  decision: Decision | Extract<Resolution, { kind: 'retry' }> | null;
};

type At = { state: string; path: Path };
export type ChildEnd = Omit<Extract<Woken, { kind: 'child' }>, 'kind' | 'runId'>;

/** What comes from outside of the run. Each answers null while nothing comes. */
export type Outside = {
  /** Absent: an event that is awaited comes, sooner or later than its timeout. */
  receive?: (awaited: At & { name: string; key: string; nowMs: number }) => { data: Json } | null;
  /** Absent: a called run completes and gives what it was given. */
  call?: (request: At & { pipeline: string; version: number; input: Json }) => ChildEnd | null;
  /** Absent: nobody decides about proposals. */
  approve?: (asked: At & { task: TaskRequest }) => Decision | null;
  /** Absent: what failed for good stays so. */
  resolve?: (failed: At & { failure: NodeFailure }) => Resolution | null;
};

export type Playing = Outside & {
  trigger: string;
  input: JsonObject;
  /** In [0, 1): picks what happens next, so that every order can be tried. */
  random: () => number;
  /** A program that does more than this is not bounded as the compiler promised. */
  maxSteps: number;
  /** Told after each transition: the step that was executed, all steps so far, and how far joins have come. */
  observe?: (executed: SimulatedStep, steps: SimulatedStep[], joins: JoinCounts) => void;
  /** When the run starts, epoch milliseconds; absent: 0. */
  startMs?: number;
};

/** With what a step goes on that has waited. */
export type Resumed =
  | { kind: 'woken'; woken: Woken }
  | { kind: 'decision'; decision: Decision }
  | { kind: 'resolved'; resolution: Resolution }
  | { kind: 'ended'; outcome: string; output: Json };

export type LiveStep = SimulatedStep & {
  wakeMs: number | null;
  task: TaskRequest | null;
  called: Json;
  resumed: Resumed | null;
};
export type MapRun = { items: Json[]; next: number; results: ItemResult[]; finished: number; failed: number };

export type World = {
  program: Program;
  options: Playing;
  nowMs: number;
  steps: Map<string, LiveStep>;
  joins: JoinCounts;
  maps: Map<string, MapRun>;
  output: JsonObject;
  status: 'running' | 'completed' | 'failed';
  failure: NodeFailure | null;
};

export const keyOf = (state: string, path: Path): string => `${path}|${state}`;

/** A run that has not begun. */
export function emptyWorld(program: Program, options: Playing): World {
  return {
    program,
    options,
    nowMs: options.startMs ?? 0,
    steps: new Map(),
    joins: new Map(),
    maps: new Map(),
    output: {},
    status: 'running',
    failure: null,
  };
}

/** Cancels the live steps of one iteration, those of maps inside it included; with null, of the run. */
export function cancel(world: World, path: Path | null): void {
  for (const step of world.steps.values()) {
    const inside = path === null || step.path === path || step.path.startsWith(`${path}/`);
    if (inside && (step.status === 'ready' || step.status === 'waiting')) step.status = 'cancelled';
  }
}

/** What the bindings of a step at a path read. */
export function scopeOf(world: World, path: Path): ScopeValues {
  const nodes: Record<string, Json> = {};
  const startedAt = new Date(world.options.startMs ?? 0).toISOString();
  const scope: ScopeValues = { run: { id: 'simulated', input: world.options.input, startedAt }, nodes };
  for (const step of world.steps.values())
    if (step.outcome !== null && (step.path === '' || step.path === path || path.startsWith(`${step.path}/`)))
      nodes[step.state] = step.output;
  for (let at = innermost(path); at; at = innermost(at.parent)) {
    const item = world.maps.get(keyOf(at.mapId, at.parent))!.items[at.index]!;
    nodes[at.mapId] = { item, index: at.index };
    if (scope.item === undefined) Object.assign(scope, { item, index: at.index });
  }
  return scope;
}
