import { AppError } from '#server/errors.ts';

/** What the database answers to a decision. */
export type Settled = { ok: true; runId: string } | { ok: false; reason: string };

/** Fails with what the operator should know where a decision was not taken. Errors: NOT_FOUND, CONFLICT. */
export function requireSettled(settled: Settled | undefined): asserts settled is Extract<Settled, { ok: true }> {
  if (settled?.ok) return;
  switch (settled?.reason) {
    case 'not-found':
      throw new AppError('NOT_FOUND', 'The task was not found in this project.');
    case 'token':
      throw new AppError('CONFLICT', 'The task was opened anew meanwhile. Load it again, then decide.');
    case 'gone':
      throw new AppError('CONFLICT', 'The run has ended, so there is nothing to decide any more.');
    case 'expired':
      throw new AppError('CONFLICT', 'The time to decide is over: the task was already decided by its time limit.');
    case 'cancelled':
      throw new AppError('CONFLICT', 'The task was cancelled with its run.');
    default:
      throw new AppError('CONFLICT', 'The task was already decided.');
  }
}
