import type { Fleet } from './rig/fleet.ts';
import type { TcpProxy } from './rig/proxy.ts';
import type { Rig } from './rig/rig.ts';

/** What a fault has in its hands while the runs of its scenario are under way. */
export type Chaos = {
  rig: Rig;
  fleet: Fleet;
  /** In front of the workers' database. */
  proxy: TcpProxy;
  /** In [0, 1), from the seed of the scenario. */
  random: () => number;
  /** Ids of the runs that were started so far. */
  runIds: string[];
  /** Aborts when all runs have ended. */
  signal: AbortSignal;
  /** Waits; false when the runs have ended meanwhile. */
  pause: (ms: number) => Promise<boolean>;
  /** Notes that harm was done. */
  hit: (times?: number) => void;
  /** The database was away from and until then, by the clock of this process. */
  outages: { from: number; to: number }[];
};

/** One kind of harm, its schedule drawn from the seed. */
export type Fault = {
  name: string;
  /** What happens, in a sentence. */
  title: string;
  /** Pipelines of which its runs are started; absent: the usual ones. */
  pipelines?: string[];
  /** Runs at most in one scenario. */
  mostRuns?: number;
  /** Time over which the runs are started; absent: 2 s. */
  spreadMs?: number;
  workers?: number;
  /** Environment of a worker; `born` counts those that were started before it. */
  env?: (born: number) => Record<string, string>;
  /** A worker that dies is looked for by its silence here, which takes as long as its lease. */
  slowRecovery?: boolean;
  /** The operator cancels runs, so that they may end so. */
  cancels?: boolean;
  /** A Chroma is there when it begins. */
  chroma?: boolean;
  /** Does harm until the runs have ended. */
  harm?: (chaos: Chaos) => Promise<void>;
  /** What else must hold in the end: what does not. */
  verify?: (chaos: Chaos) => Promise<string[]>;
};

/** A number between two others. */
export function between(random: () => number, least: number, most: number): number {
  return least + random() * (most - least);
}

/** One of several. */
export function pick<Item>(random: () => number, from: readonly Item[]): Item | undefined {
  return from[Math.floor(random() * from.length)];
}
