import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
export async function undoRun(_scope: Scope, _runId: string): Promise<{ undoId: string }> {
  throw new AppError('UNAVAILABLE');
}
