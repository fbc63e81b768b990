import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import type { UndoPlan } from './types.ts';
export async function undoPlan(_scope: Scope, _args: { runId: string; toSeq: number }): Promise<UndoPlan> {
  throw new AppError('UNAVAILABLE');
}
