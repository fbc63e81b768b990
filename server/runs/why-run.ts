import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import type { RunWhy } from './why-types.ts';
export async function whyRun(_scope: Scope, _runId: string): Promise<RunWhy> {
  throw new AppError('UNAVAILABLE');
}
