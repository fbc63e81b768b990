import type { NodeFailure } from '#nodes/core/errors.ts';
import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { storable } from '#server/engine/storable.ts';
import { AppError } from '#server/errors.ts';
import { hintRuns } from '#server/live/hint-runs.ts';
import { requireTask } from './require-task.ts';
import { requireSettled, type Settled } from './settled.ts';
import type { BatchChoice } from './types.ts';

export type BatchDecide = { taskId: string; token: string; choice: BatchChoice };

/**
 * Takes the operator's choice about a batch that cannot be looked at, once, for all steps that wait for it: it is looked at
 * now, and asked about again where that fails; or it is given up. Errors: NOT_FOUND; CONFLICT where it was decided, or the
 * batch could be looked at meanwhile.
 */
export async function decideBatch(scope: Scope, args: BatchDecide): Promise<{ taskId: string }> {
  const task = await requireTask(scope, args.taskId);
  if (task.request.kind !== 'batch')
    throw new AppError('INPUT_INVALID', 'This task is not about a batch. Decide it as what it is.');
  refuseWhereSeen(task.status);
  if (task.status !== 'open') requireSettled({ ok: false, reason: task.status });
  const { of, trouble } = task.request;
  const failure: NodeFailure = {
    code: 'MODEL_BATCH_LOST',
    message: `The operator gave up the batch of ${of}, which could not be looked at: ${trouble.message} It may be answered and charged all the same. Try the step again to send its call anew.`,
    details: { last: trouble.code },
  };
  const { choice, token } = args;
  const p = { taskId: task.id, projectId: scope.projectId, token, choice, by: scope.actor, failure };
  const rows = await query<{ settled: Settled }>('select sg_decide_batch($1::jsonb) as settled', [storable(p)]);
  const settled = rows[0]?.settled;
  if (settled && !settled.ok) refuseWhereSeen(settled.reason);
  requireSettled(settled);
  await hintRuns([task.runId]);
  return { taskId: task.id };
}

/** A task about a batch goes with its run, and where the batch was looked at meanwhile. */
function refuseWhereSeen(status: string): void {
  if (status === 'cancelled')
    throw new AppError(
      'CONFLICT',
      'Nobody needs to decide any more: the batch was looked at meanwhile, or the run has ended.',
    );
}
