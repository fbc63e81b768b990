import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import type { ReviewChoice } from './types.ts';
export async function reviewTask(
  _scope: Scope,
  _args: { taskId: string; choice: ReviewChoice },
): Promise<{ taskId: string; held: boolean }> {
  throw new AppError('UNAVAILABLE');
}
