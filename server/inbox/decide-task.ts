import type { Decision } from '#nodes/core/define-node.ts';
import { canonicalJson, type Json } from '#nodes/core/json.ts';
import { checkValue } from '#nodes/core/types.ts';
import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { storable } from '#server/engine/storable.ts';
import { AppError } from '#server/errors.ts';
import { hintRuns } from '#server/live/hint-runs.ts';
import { type FullTask, requireTask } from './require-task.ts';
import { requireSettled, type Settled } from './settled.ts';

export type TaskDecide = {
  taskId: string;
  token: string;
  decision: 'approve' | 'reject';
  /** The proposal as the operator edited it; absent: as it is. */
  value?: Json | undefined;
  reason?: string | undefined;
};

/**
 * Takes the operator's decision on an approval, once. Errors: NOT_FOUND; INPUT_INVALID naming the field that was
 * edited wrongly; CONFLICT where it was decided already.
 */
export async function decideTask(scope: Scope, args: TaskDecide): Promise<{ taskId: string }> {
  const task = await requireTask(scope, args.taskId);
  if (task.status !== 'open') requireSettled({ ok: false, reason: task.status });
  const decision: Decision = {
    decision: args.decision,
    ...decidedValue(task, args),
    reason: args.reason?.trim() || null,
    by: scope.actor,
    at: Date.now(),
  };
  // What an undo offers is decided on after its run has ended.
  const decide = 'undo' in task.request ? 'sg_decide_offer' : 'sg_decide_task';
  const rows = await query<{ settled: Settled }>(`select ${decide}($1::jsonb) as settled`, [
    storable({ taskId: task.id, projectId: scope.projectId, token: args.token, decision }),
  ]);
  requireSettled(rows[0]?.settled);
  await hintRuns([task.runId]);
  return { taskId: task.id };
}

function decidedValue(task: FullTask, args: TaskDecide): Pick<Decision, 'value' | 'edited'> {
  const { request } = task;
  if (request.kind !== 'approval')
    throw new AppError(
      'INPUT_INVALID',
      request.kind === 'decision'
        ? 'This task asks whether something happened. Answer it; there is no proposal.'
        : 'This task is about failures. Choose what to do about them; there is no proposal.',
    );
  const { value } = args;
  if (value === undefined || args.decision === 'reject') return { value: request.proposal, edited: false };
  if (canonicalJson(value) === canonicalJson(request.proposal)) return { value: request.proposal, edited: false };
  if (!request.editable) throw new AppError('INPUT_INVALID', 'This proposal cannot be edited. Approve or reject it.');
  const problem = checkValue(request.proposalType, value);
  if (problem)
    throw new AppError(
      'INPUT_INVALID',
      `${problem.path || 'The proposal'}: expected ${problem.expected}, got ${problem.got}.`,
    );
  return { value, edited: true };
}
