import { failureChain } from './failure-chain.ts';
import type { PastRun } from './require-past.ts';
import type { RunPast } from './run-history.ts';

/** What a failed run has behind it, without what made it fail: that is ready again then. */
export function withoutFailure(run: PastRun): RunPast {
  const chain = new Set(failureChain(run.program, run));
  return { ...run, past: run.past.filter((entry) => !chain.has(entry)) };
}
