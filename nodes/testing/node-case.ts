import type { Decision, NodeResult, Woken } from '#nodes/core/define-node.ts';
import type { NodeErrorCode } from '#nodes/core/errors.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import type { World } from './capabilities.ts';
import type { WorldSeed } from './in-memory/state.ts';

/**
 * One use of a node type that the contract suite tries: what it is given, the world that it finds, and how it ends.
 * `fixtures.ts` of a node's folder holds a list of them, which together reach every outcome.
 */
export type NodeCase = {
  title: string;
  config?: JsonObject;
  /** Values of the inputs; a function where they refer to something in the world, such as a file. */
  inputs: JsonObject | ((world: World) => JsonObject);
  world?: WorldSeed;
  /** Kind `gate` only: what the operator decides. */
  decision?: Partial<Decision>;
  /** What ends the wait of a node that sleeps, awaits an event or calls, and how much later. */
  woken?: Woken;
  afterMs?: number;
  ends:
    | { outcome: string }
    | { code: NodeErrorCode }
    | { items: number }
    | { waits: true }
    | { waitsFor: Exclude<NodeResult['kind'], 'done' | 'map' | 'wait'> };
};
