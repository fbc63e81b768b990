import type { Effect, NodeKind } from './define-node.ts';
import type { RetryPolicy } from './errors.ts';
import { defaultSettings, type GraphSettings, type ResolvedBinding } from './graph.ts';
import type { Json, JsonObject } from './json.ts';
import type { PromptIdentity } from './prompts.ts';
import type { Type } from './types.ts';

/**
 * Joins. Every state with more than one incoming edge is a join, and so is the end of each scope (the run, and the
 * body of each map). Each incoming edge *settles* exactly once: taken, or dead when the branch towards it was not chosen.
 * Dead paths are folded at compile time: `Arrivals` of an outcome say how many incoming edges of which joins settle
 * by it, taken or dead, through any number of single-entry states that will never run (dead-path elimination,
 * cf. WS-BPEL 2.0 §11.6.2, but computed ahead, so that a transition's cost does not grow with the graph).
 */
export type Arrivals = { join: string; taken: number; dead: number }[];

/** What follows when a state finishes with an outcome. */
export type Arc = {
  /** States with one incoming edge: they start at once. */
  start: string[];
  arrivals: Arrivals;
};

/** When a join fires. `all`: every edge settled and at least one taken. `any`: at the first taken. `count`: at the k-th taken. */
export type JoinRule = { kind: 'all' } | { kind: 'any' } | { kind: 'count'; count: number };
export type Join = {
  rule: JoinRule;
  /** Number of incoming edges. */
  edges: number;
  /** Where all edges are settled and the rule is not met, the join's own state is dead; these settle by that. */
  ifDead: Arrivals;
};

/** Ids of the joins that are no node: the end of the run, and the end of an iteration of a map. */
export const runEnd = '$end';
export const iterationEnd = (mapId: string): string => `$end:${mapId}`;

export type CompiledBinding = ResolvedBinding & {
  /** Ids of the states that the binding reads. */
  reads: string[];
  /** The prompt of the graph that it was filled in from, with the hash of its text and variables. */
  prompt?: PromptIdentity;
};

export type State = {
  id: string;
  kind: NodeKind;
  type: string;
  version: number;
  config: JsonObject;
  inputs: Record<string, CompiledBinding>;
  inputTypes: Record<string, Type>;
  outcomeTypes: Record<string, Type>;
  /** The map whose body this state belongs to, or null. */
  scope: string | null;
  /** All states whose outputs the inputs read, sorted. */
  reads: string[];
  arcs: Record<string, Arc>;
  effect: Effect;
  reversible: boolean;
  risk: number;
  retry: RetryPolicy | null;
  timeoutMs: number;
  /** Kinds `map` and `loop` only. */
  body: Body | null;
  /** The state drawn at the handle `undo`: what takes this one's effect back. It never runs in the normal course. */
  undo: string | null;
  /** What follows a failure that is final and whose `error` leads nowhere: the run stops, or the operator is asked. */
  onFailure: 'stop' | 'ask';
};

/** What a map does for each item, and a loop in each pass. A pass of a loop is an item that the pass before made. */
export type Body = {
  arc: Arc;
  /** Evaluated at the end of an iteration: a map's result for the item, the value that a loop carries into its next pass. */
  result: CompiledBinding | null;
  /** Kind `loop` only, evaluated with `result`: whether there is another pass. */
  again: CompiledBinding | null;
  resultReads: string[];
  /** Hard bound on items or passes. */
  maxItems: number;
  /** How many items may fail before the whole fails: 0 stops at the first, null collects all failures. */
  tolerates: number | null;
};

/** The typed state machine that a graph compiles to: immutable, named by the hash of its content. */
export type Program = {
  format: 'solograph/program';
  version: 1;
  hash: string;
  states: Record<string, State>;
  joins: Record<string, Join>;
  /** Trigger id → what settles at the start because the other triggers did not fire. */
  triggers: Record<string, { arrivals: Arrivals }>;
  runInput: Record<string, Type>;
  settings: GraphSettings;
};

/** A program as it may have been stored by earlier software: what came later has the value that it had by itself then. */
export function readProgram(stored: Program): Program {
  const settings: GraphSettings = stored.settings ?? defaultSettings;
  if (Object.values(stored.states).every(({ onFailure }) => onFailure !== undefined)) return { ...stored, settings };
  const states = Object.entries(stored.states).map(([id, state]): [string, State] => {
    const tolerates = state.config.onItemError === 'stop' ? 0 : null;
    const body = state.body && { ...state.body, again: state.body.again ?? null, tolerates };
    return [id, { ...state, body, undo: state.undo ?? null, onFailure: state.onFailure ?? 'stop' }];
  });
  return { ...stored, settings, states: Object.fromEntries(states) };
}

/** How deep pipelines may call each other. */
export const depthLimit = 8;

export type Path = string;

/** Path of an iteration: `leads:3`, nested `leads:3/lines:0`; the run itself is ''. */
export function iterationPath(parent: Path, mapId: string, index: number): Path {
  return parent === '' ? `${mapId}:${index}` : `${parent}/${mapId}:${index}`;
}

/** Splits a path into its innermost iteration; null for the run itself. */
export function innermost(path: Path): { parent: Path; mapId: string; index: number } | null {
  if (path === '') return null;
  const slash = path.lastIndexOf('/');
  const [mapId, index] = path.slice(slash + 1).split(':') as [string, string];
  return { parent: slash < 0 ? '' : path.slice(0, slash), mapId, index: Number(index) };
}

export type { Json };
