import type { z } from 'zod';
import type { Capabilities, CapabilityName, Provenance } from './capabilities.ts';
import type { NodeErrorCode, NodeFailure, RetryPolicy } from './errors.ts';
import type { Json, JsonObject } from './json.ts';
import type { Type } from './types.ts';

/** What a step does to the outside world. Only the last may harm by being repeated. */
export type Effect = 'pure' | 'read' | 'idempotent-write' | 'unsafe-write';
export type Category = 'trigger' | 'model' | 'memory' | 'people' | 'action' | 'flow' | 'data';

/** An input port: what may be bound to it. */
export type InputSpec = {
  type: Type;
  title: string;
  description?: string;
  required: boolean;
  /** What a new node gets. */
  placeholder?: string;
};

/** How the engine treats a node. Most are `task`: their `run` is called. */
export type NodeKind = 'trigger' | 'task' | 'branch' | 'map' | 'loop' | 'agent' | 'call' | 'join' | 'gate' | 'output';

/** Whether a node's output may carry text written by strangers. `inherit`: as its inputs do. */
export type Trust = 'trusted' | 'untrusted' | 'inherit' | 'sanitise';

/** What a declaration needs of the language to check itself; lent to it, so that no page has to load the language. */
export type CheckLanguage = {
  /** What is wrong with a template over variables of known types, or null. */
  templateProblem: (template: string, variables: Record<string, Type>) => string | null;
};

/**
 * The declaration of a node type: client-safe, no I/O. Everything that the editor, the compiler and the review page
 * show is derived from it. `run.ts` beside it holds the effect.
 */
export type NodeDeclaration<Config = unknown> = {
  type: string;
  version: number;
  title: string;
  description: string;
  category: Category;
  /** Name of a lucide icon, in kebab case. */
  icon: string;
  kind: NodeKind;
  config: z.ZodType<Config>;
  /** Ports follow from the configuration. Must be pure and total for every valid configuration. */
  inputs: (config: Config) => Record<string, InputSpec>;
  /** Outcome name → type of the output that goes with it. `error` is implied for kinds task, gate and map. */
  outcomes: (config: Config) => Record<string, Type>;
  /** One line on the card. */
  summary: (config: Config) => string;
  effect: Effect | ((config: Config) => Effect);
  reversible: boolean;
  /** Base risk from 0 to 1. */
  risk: number;
  trust: Trust;
  /** 'human': a person may stop it here; 'policy': rules may. Named outcomes are those that let it pass. */
  gate?: { by: 'human' | 'policy'; passing: string[] };
  capabilities: CapabilityName[];
  /** Which capability costs money. */
  spends: 'model' | null;
  /** Names of config fields that hold CEL over the node's own inputs (checked by the compiler), by path e.g. `rules[].when`. */
  expressions?: (config: Config) => { path: string; expr: string; expects: 'boolean' | 'any' }[];
  /** Compile-time problems that only this node type can see (messages say what to do). The compiler lends the language. */
  check?: (config: Config, language?: CheckLanguage) => { field: string; message: string }[];
  retry: RetryPolicy | null;
  timeoutMs: number;
  /** Codes its `run` may throw beyond INPUT_INVALID, CONFIG_INVALID, CANCELLED, TIMEOUT and INTERNAL. */
  errors: NodeErrorCode[];
  /**
   * How the effect is undone, in the operator's words; absent: it cannot be. `reverts` false: what happened stays and
   * something is offered to mend it, as a correction mail is.
   */
  compensation?: (config: Config) => { title: string; reverts: boolean } | null;
  /** From an older version's configuration to the next one's. */
  migrations?: Record<number, (config: JsonObject) => JsonObject>;
  /** A complete, valid use of the node: for the library, documents and the contract suite. */
  example: { config: Json; inputs: JsonObject };
};

/** Declares a node type; keeps the configuration's type for `run.ts`. */
export function defineNode<Config>(declaration: NodeDeclaration<Config>): NodeDeclaration<Config> {
  return declaration;
}

/** A declaration whose configuration type is not known: what registries hold. */
// biome-ignore lint/suspicious/noExplicitAny: a registry holds declarations of every configuration type
export type AnyNodeDeclaration = NodeDeclaration<any>;
export type NodeDefinitions = ReadonlyMap<string, AnyNodeDeclaration>;

/** What the worker hands to a node. */
export type NodeContext = Capabilities & {
  signal: AbortSignal;
  /** Stable over attempts: `run:state:path`. */
  idempotencyKey: string;
  attempt: number;
  now: () => number;
  explain: (entry: Provenance) => void;
  log: (message: string, data?: JsonObject) => void;
};

/** Why a step waits for the operator, and what they see. */
export type TaskRequest = {
  kind: 'approval';
  title: string;
  subject: string;
  /** What will happen if it is approved; editable members may be changed by the operator. */
  proposal: Json;
  proposalType: Type;
  editable: boolean;
  /** How the members of the proposal are shown, in order; absent: all of them by name, as `editable` says. */
  fields?: { name: string; title: string; editable: boolean }[];
  reasons: string[];
  risk: number;
  timeoutMs: number | null;
};

export type Decision = {
  decision: 'approve' | 'reject' | 'timeout';
  /** The proposal as decided: edited or as it was. */
  value: Json;
  edited: boolean;
  reason: string | null;
  by: string;
  at: number;
};

export type NodeResult =
  | { kind: 'done'; outcome: string; output: Json }
  | { kind: 'wait'; task: TaskRequest }
  /**
   * Kind `map`: the engine runs the body once per item, `concurrency` at a time. Kind `agent`: once per tool that the
   * model asked for in this turn; then `resume` is called with all that came of tools so far.
   */
  | { kind: 'map'; items: Json[]; concurrency: number }
  /** Kind `loop` only: the engine runs the body with this value, and again with what it ends with. */
  | { kind: 'loop'; value: Json }
  /** Goes on at a time: `resume` is called with `{kind: 'timer'}`. Occupies no worker. */
  | { kind: 'sleep'; wake: Wake }
  /** Goes on when an event of this name and key comes; `wake` is the latest time, null: it waits for ever. */
  | { kind: 'await-event'; name: string; key: string; wake: Wake | null }
  /** Kind `call` only: runs another pipeline's version and goes on when it has ended. */
  | { kind: 'call'; pipeline: string; version: number; input: Json; wake: Wake | null };

/** When a wait ends: after a time by the database's clock, or at a moment (epoch milliseconds). */
export type Wake = { kind: 'in'; ms: number } | { kind: 'at'; ms: number };

/** What ended a wait. */
export type Woken =
  | { kind: 'timer' }
  | { kind: 'event'; data: Json; at: number }
  /** Kind `agent`: everything that its tools were asked since it began, in order, and what came of it. */
  | { kind: 'items'; items: EndedItem[] }
  | {
      kind: 'child';
      runId: string;
      status: 'completed' | 'failed' | 'cancelled';
      output: Json;
      failure: NodeFailure | null;
    };

/** An item whose iteration has ended. Of a failed one `result` is its failure, with the state that failed. */
export type EndedItem = { value: Json; outcome: 'ok' | 'error'; result: Json };

export type NodeArgs<Config, Inputs = JsonObject> = { config: Config; inputs: Inputs };

/** The effect of a node type; default export of its `run.ts`. */
export type NodeRun<Config = unknown, Inputs = JsonObject> = {
  run: (ctx: NodeContext, args: NodeArgs<Config, Inputs>) => Promise<NodeResult> | NodeResult;
  /** Kind `gate` only: called with the operator's decision instead of `run`. */
  decide?: (ctx: NodeContext, args: NodeArgs<Config, Inputs>, decision: Decision) => Promise<NodeResult> | NodeResult;
  /**
   * Called instead of `run` when what it waited for has come: for nodes that sleep, await an event or call, and for
   * agents, of which each attempt goes on from what their tools gave.
   */
  resume?: (ctx: NodeContext, args: NodeArgs<Config, Inputs>, woken: Woken) => Promise<NodeResult> | NodeResult;
  /**
   * Takes the effect of a finished step back; `args` are what it ran with, `done` what it gave. Its own effects go
   * through `ctx` and its ledger, under a key of their own. Answers what was done; throws NodeError UNDO_FAILED with a
   * reason where it cannot.
   */
  compensate?: (ctx: NodeContext, args: NodeArgs<Config, Inputs>, done: Finished) => Promise<Compensated>;
  /** Does, or leaves, what `compensate` offered, as the operator decided. */
  compensateDecided?: (ctx: NodeContext, args: NodeArgs<Config, Inputs>, decision: Decision) => Promise<Mended>;
};

/** A step whose effect is to be taken back. */
export type Finished = {
  /** The key that it ran under, in every attempt. */
  key: string;
  outcome: string;
  output: Json;
  receipts: { key: string; kind: string; receipt: Json }[];
};

/** `reverted`: as it was before. `offered`: it cannot be taken back, so the operator is offered what would mend it. */
export type Compensated =
  | { kind: 'reverted'; summary: string; details?: JsonObject }
  | { kind: 'offered'; summary: string; task: TaskRequest };
/** `mended`: what was offered has been done. `declined`: it was not, so what happened stays as it is. */
export type Mended = { kind: 'mended' | 'declined'; summary: string; details?: JsonObject };
// biome-ignore lint/suspicious/noExplicitAny: loaded lazily by type name
export type AnyNodeRun = NodeRun<any, any>;
