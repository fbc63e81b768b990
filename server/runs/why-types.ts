/** Why a step is not running, in words. Times are epoch milliseconds. */
export type WhyStep = {
  state: string;
  path: string;
  status: 'ready' | 'waiting';
  /** approval | decision | failure | retry | items | passes | timer | event | child; ready: `queued` or `paused`. */
  kind: string;
  /** What it waits for. */
  waitsFor: string;
  since: number | null;
  /** When it goes on by itself at the latest; null: not by itself. */
  until: number | null;
  /** What would move it. */
  moves: string;
  taskId: string | null;
  /** The invariant is broken here: nothing will move it. */
  stuck: boolean;
};

/** "Why is this not moving?" */
export type RunWhy = {
  runId: string;
  status: string;
  /** True while something of it is running. */
  moving: boolean;
  /** About the run as a whole: paused, no worker alive, nothing stuck. */
  summary: string;
  moves: string;
  workersAlive: number;
  /** At most 200, those that wait for the operator first. */
  steps: WhyStep[];
};
