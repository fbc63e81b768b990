import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import type { StateAt } from './types.ts';
export async function stateAt(_scope: Scope, _args: { runId: string; seq: number }): Promise<StateAt> {
  throw new AppError('UNAVAILABLE');
}
