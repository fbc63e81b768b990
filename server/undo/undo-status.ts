import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import type { UndoStatus } from './types.ts';
export async function undoStatus(_scope: Scope, _runId: string): Promise<UndoStatus | null> {
  throw new AppError('UNAVAILABLE');
}
