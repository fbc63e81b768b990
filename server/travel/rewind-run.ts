import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
export async function rewindRun(_scope: Scope, _args: { runId: string; seq: number }): Promise<{ undoId: string }> {
  throw new AppError('UNAVAILABLE');
}
