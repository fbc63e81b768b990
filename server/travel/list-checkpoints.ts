import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import type { CheckpointRow } from './types.ts';
export async function listCheckpoints(
  _scope: Scope,
  _args: { runId: string; cursor?: string | undefined; limit: number },
): Promise<{ items: CheckpointRow[]; next: string | null }> {
  throw new AppError('UNAVAILABLE');
}
