import type { Provenance } from '#nodes/core/capabilities.ts';
import type { Graph } from '#nodes/core/graph.ts';
import type { Json } from '#nodes/core/json.ts';
import type { Program } from '#nodes/core/program.ts';
import type { Place, ValueFacts } from './types.ts';

/** A run that a lineage goes through. Times are epoch milliseconds. */
export type RunFacts = {
  runId: string;
  ref: number;
  pipelineName: string;
  version: number | null;
  trigger: string;
  startedAt: number | null;
  valuesRemovedAt: number | null;
  forkedFrom: string | null;
  /** It was started with what the run was started with that it was forked from. */
  sameInput: boolean;
  /** What it was started with was edited for the fork. */
  inputEdit: Provenance | null;
  /** The step that called it. */
  calledBy: Place | null;
  program: Program;
  graph: Graph;
};

/** What somebody decided about a step. */
export type TaskFacts = { taskId: string; kind: string; decision: { [member: string]: Json }; at: number | null };

export type StepFacts = {
  at: Place;
  outcome: string | null;
  attempt: number;
  endedAt: number | null;
  inherited: boolean;
  /** The step that a fork took it over from, where it still stands there, and how many reasons it took along. */
  origin: Place | null;
  originReasons: number;
  /** As they are stored: a list, or what the retention policy left of one. */
  provenance: Provenance[] | { sha256: string };
  tasks: TaskFacts[];
  /** The run that it called. */
  childRunId: string | null;
  /** Iterations that it has, where it is a map, a loop or an agent. */
  iterations: number;
};

/** What was found for one thing that is wanted. */
export type Found = {
  /** Of an output the step that gave it, of an item or result the one that repeats. */
  step: StepFacts | null;
  value: ValueFacts | null;
  /** The part that is meant, where it is small. */
  small: Json;
  /** Of an item that a model asked for: the turn in which it did, and how many items there were before that turn. */
  turn: { turn: number; before: number } | null;
};

/** The outcomes of the steps that one at a place may follow, by `outcomeKey`. */
export type Outcomes = ReadonlyMap<string, string>;
export const outcomeKey = (state: string, path: string): string => `${path}|${state}`;
