import type { Json } from '#nodes/core/json.ts';
import type { PromptIdentity } from '#nodes/core/prompts.ts';

/** One activation of a state in a run. */
export type Place = { runId: string; state: string; path: string };

/**
 * A value by reference. `pointer` (RFC 6901) names the part of it that is meant; '' is the whole. Of a map, a loop or an
 * agent, `item` is what an iteration was given and `result` what it came to.
 */
export type ValueRef =
  | { of: 'output' | 'input'; at: Place; pointer: string }
  | { of: 'item' | 'result'; at: Place; index: number; pointer: string }
  | { of: 'run-input'; runId: string; pointer: string };

/** What is known of a value without copying it. Times are epoch milliseconds. */
export type ValueFacts = {
  /** SHA-256 of the whole value as it is stored; the same after the retention policy removed it. Null: there is none. */
  sha256: string | null;
  bytes: number;
  /** How it begins, of the part that is meant; null where it is not there. */
  preview: string | null;
  /** Since when only the hash is left. */
  removedAt: number | null;
};

type Hashed = { sha256: string; removedAt: number | null };

/** Something that a value came from. */
export type LineageNode = { id: string } & (
  | ({ kind: 'value'; ref: ValueRef } & ValueFacts)
  | {
      kind: 'step';
      at: Place;
      title: string;
      type: string;
      outcome: string | null;
      attempt: number;
      endedAt: number | null;
      /** A fork took it over: it did not happen in this run. */
      inherited: boolean;
      /** `items`: what it gave to its iterations, rather than what it came to; of an agent in one of its turns. */
      as: 'whole' | 'items';
      turn: number | null;
      /** Its reasons as a whole were removed before they were kept as hashes one by one. */
      removed: Hashed | null;
    }
  | ({
      kind: 'prompt';
      repair: boolean;
      /** The prompts of the graph that it was filled in from: each by its id, its title and the hash of its text. */
      of: PromptIdentity[];
    } & Hashed)
  | {
      kind: 'model';
      model: string;
      provider: string;
      rehearsal: boolean;
      cached: boolean;
      /** SHA-256 of provider and model. */
      sha256: string;
      costMicros: number;
      priceId: string | null;
      /** What its answer cites: a number, and the ids of the documents that it may mean. */
      cites: { number: number; documents: string[] }[];
    }
  | { kind: 'recall'; query: string; embedder: string | null; vectors: boolean; hits: number; considered: number }
  | ({
      kind: 'document';
      /** Its number in what the recall gave, from 1. */
      number: number;
      itemId: string;
      passageId: string | null;
      tier: 'episodic' | 'knowledge';
      itemKind: string;
      source: string;
      untrusted: boolean;
      score: number;
      vectorRank: number | null;
      textRank: number | null;
      preview: string | null;
      /** False: memory does not hold it any more. */
      there: boolean;
      /** A model cited it. */
      cited: boolean;
    } & Hashed)
  | { kind: 'rule'; name: string; expr: string; result: boolean; deciding: boolean; message: string | null }
  | { kind: 'risk'; total: number; threshold: number; parts: { name: string; add: number }[] }
  | {
      kind: 'person';
      by: string;
      decision: string;
      reason: string | null;
      edited: boolean;
      at: number | null;
      taskId: string | null;
    }
  | { kind: 'record'; entityId: string; type: string; key: string; version: number; changed: string[] }
  | { kind: 'request'; method: string; url: string; status: number }
  | { kind: 'file'; name: string; bytes: number; fileId: string | null; sha256: string | null }
  | { kind: 'effect'; effect: string; key: string }
  /** A value that somebody pinned stood in, or what a step of another run gave; what is older tells neither. */
  | { kind: 'pinned'; by: string | null; at: number | null; from: Place | null }
  /** A value that was at hand, put there by a person or by a step. */
  | { kind: 'held'; name: string; session: string | null; by: string | null; at: number; from: Place | null }
  | {
      kind: 'run';
      runId: string;
      ref: number;
      pipelineName: string;
      version: number | null;
      trigger: string;
      startedAt: number | null;
    }
  /** There is more than is shown; `from` can be asked for its own lineage. */
  | { kind: 'more'; why: 'size' | 'depth' | 'items'; count: number; from: Place | null }
);

/**
 * `from` came from `to`. `reads`: its value was read; `input` names for what. `gave`: the step that gave the value.
 * `because`: a reason of the step. `decided`: the step at the other end chose the way on which this one ran. `did`: what a tool
 * call did, though what it came to was not read from it. `took`: it was taken over as it is there: by a fork, in the
 * place of a node, or out of what is at hand.
 */
export type LineageEdge = {
  from: string;
  to: string;
  kind: 'gave' | 'reads' | 'because' | 'decided' | 'did' | 'took';
  input?: string;
};

/** Where a value comes from: a graph without cycles, by reference. What it says is as of now. */
export type Lineage = {
  format: 'solograph/lineage';
  version: 1;
  projectId: string;
  /** Id of the node that was asked about. */
  root: string;
  nodes: LineageNode[];
  edges: LineageEdge[];
  /** Runs that it goes through. */
  runs: {
    runId: string;
    ref: number;
    pipelineName: string;
    valuesRemovedAt: number | null;
    forkedFrom: string | null;
  }[];
  /** Not all of it is here. */
  cut: boolean;
};

export type { Json };
