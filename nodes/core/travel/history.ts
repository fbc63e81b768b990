import type { Path } from '../program.ts';

/**
 * What a run has behind it, in the order of its commits: all that is needed to work out where it stood after any of
 * them. Values are not among it; a fork takes them over as they are.
 */
export type History = { trigger: string; entries: HistoryEntry[] };

export type HistoryEntry =
  /** A step ended. `outcome` null: it failed, and that failure leads nowhere. */
  | { kind: 'step'; seq: number; state: string; path: Path; status: 'done' | 'failed'; outcome: string | null }
  /**
   * The step of a map or a loop began its iterations. `total`: the items of the map, or all passes that the loop has
   * begun up to now, or all that an agent had asked for by the turn that begins. `limit`: a loop whose last pass reached
   * its bound while it would have gone on. `further`: a later turn of an agent, whose items before it stay.
   */
  | {
      kind: 'began';
      seq: number;
      state: string;
      path: Path;
      total: number;
      concurrency: number;
      limit?: boolean;
      further?: boolean;
    }
  /** An iteration came to its end (the internal step `$end:<map>`), with its result or a failure of the result. */
  | { kind: 'item'; seq: number; path: Path; outcome: 'ok' | 'error' };

/** The part of a history up to an event of the run, that event included. */
export function upTo({ trigger, entries }: History, seq: number): History {
  return { trigger, entries: entries.filter((entry) => entry.seq <= seq) };
}

/** A map or a loop that is under way. */
export type OpenMap = {
  state: string;
  path: Path;
  /** Items; of a loop, the passes that have begun. */
  total: number;
  /** Index of the next item to begin. */
  next: number;
  finished: number;
  failed: number;
  /** The iterations that have ended, by index; the others have no result yet. */
  ended: { index: number; outcome: 'ok' | 'error' }[];
};

/** With what a step of the frontier goes on; null: it begins. The failure of an item is stored as its result. */
export type Resumption = { kind: 'items-done'; limit: boolean } | { kind: 'item-failed'; index: number } | null;
export type FrontierStep = { state: string; path: Path; decision: Resumption };

/** Where a run stands after a commit. */
export type Checkpoint = {
  joins: { path: Path; join: string; settled: number; taken: number }[];
  /** Steps that are ready, in the order in which they became so; the internal ends of iterations are among them. */
  frontier: FrontierStep[];
  /** Maps and loops whose steps wait for their iterations, or have just got what they waited for. */
  maps: OpenMap[];
  ended: 'completed' | 'failed' | null;
};
