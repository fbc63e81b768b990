import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import type { ValueAt } from './types.ts';
export async function valueAt(
  _scope: Scope,
  _args: { runId: string; seq: number; state: string; path: string },
): Promise<ValueAt> {
  throw new AppError('UNAVAILABLE');
}
