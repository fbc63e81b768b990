import type { Json } from '#nodes/core/json.ts';

/** What stands in for a node in a run of one other node. Of a map or loop around that node: `each` with its item. */
export type PartValue = { nodeId: string; outcome: string; output: Json };

/** A node of which nobody knows what it gives: the operator may say, or run until there first. */
export type MissingValue = {
  nodeId: string;
  /** For the operator: why nothing is known. */
  message: string;
  /** What it may give, with a sample of each outcome's type. */
  outcomes: { name: string; sample: Json }[];
};

/** What a run of one node takes from where, and what it would do. */
export type OnePlan = {
  nodeId: string;
  /** The run whose values are taken; null: none has any. */
  run: { runId: string; ref: number } | null;
  /** The step there that is looked at. */
  path: string;
  trigger: string;
  /** Nodes that give what they gave there, and those that give what is pinned. None of them runs. */
  answered: string[];
  pinned: string[];
  missing: MissingValue[];
  /** Gates before a node that acts: they are not answered for the operator but ask again. */
  asks: string[];
  /** Nodes of the run whose effect cannot be taken back. */
  writes: string[];
};
