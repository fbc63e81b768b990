import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import type { StartedRun } from '#server/runs/start-run.ts';
import type { ForkVersion } from './types.ts';
/** `runId` is the run itself, or with `newest` the new one. */
export async function retryFailed(
  _scope: Scope,
  _args: { runId: string; version: ForkVersion },
): Promise<StartedRun & { version: number | null }> {
  throw new AppError('UNAVAILABLE');
}
