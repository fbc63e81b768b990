import type { Pool } from 'pg';
import type { Provenance } from '#nodes/core/capabilities.ts';
import type { Json } from '#nodes/core/json.ts';
import type { ProjectSettings } from '#server/projects/settings.ts';

/** An effect as it is announced before it happens. */
export type AnnouncedEffect = {
  kind: string;
  /** What is about to happen. Its member `ifHappened` is the receipt where the operator confirms that it did. */
  intent: Json;
  /** Must not be repeated when it is not known whether it happened. */
  unsafe: boolean;
  /** Finds out whether it happened under the key, where an earlier attempt left that open. Absent: nobody can tell. */
  lookUp?: (key: string) => Promise<LookedUp>;
};

/** What a look at the outside told about an effect. */
export type LookedUp = { kind: 'happened'; receipt: Json } | { kind: 'not-happened' } | { kind: 'unknown' };

/** Ledger of what a step does to the outside world. */
export type EffectLedger = {
  /**
   * Stores the intent, calls `act` with the stable key, stores its receipt. A later attempt answers the stored receipt
   * and does not act. Where an unsafe effect may have happened before it is looked up; EFFECT_UNKNOWN is thrown where
   * that cannot be, or told nothing. An `act` that throws a NodeError with `happened: 'no'` may be tried again.
   */
  perform<R extends Json>(effect: AnnouncedEffect, act: (key: string) => Promise<R>): Promise<R>;
};

/** One attempt of one step: what the adapters know of who asks. */
export type StepScope = {
  projectId: string;
  runId: bigint;
  stepId: bigint;
  state: string;
  path: string;
  attempt: number;
  workerId: bigint;
  /** `run:state:path`, the same in every attempt. */
  key: string;
  signal: AbortSignal;
  explain(entry: Provenance): void;
  effects: EffectLedger;
  /** Whether this worker still holds the step: asked before it spends, since a process may have slept meanwhile. */
  holdsLease(): Promise<boolean>;
  /** A piece of what a model answers, for who watches. */
  tellText(delta: string): void;
  /** States whose outputs lead to it, itself included: what a call of it is about is found there. */
  leadsFrom(): string[];
  /** A line in the step's log. */
  tellLog(message: string): void;
  settings: ProjectSettings;
  db: Pool;
};
