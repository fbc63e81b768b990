import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import type { RunCompatibility } from './types.ts';
export async function checkCompatibility(
  _scope: Scope,
  _args: { runId: string; seq?: number | undefined },
): Promise<RunCompatibility> {
  throw new AppError('UNAVAILABLE');
}
