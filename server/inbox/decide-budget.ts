import type { NodeFailure } from '#nodes/core/errors.ts';
import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { storable } from '#server/engine/storable.ts';
import { AppError } from '#server/errors.ts';
import { hintRuns } from '#server/live/hint-runs.ts';
import { dollars } from '#server/money/reserve.ts';
import { requireTask } from './require-task.ts';
import { requireSettled, type Settled } from './settled.ts';
import type { BudgetChoice, BudgetRequest } from './types.ts';

export type BudgetDecide = {
  taskId: string;
  token: string;
  choice: BudgetChoice;
  /** For `raise`: the new limit of this run, day or month, or of all time, in micro-dollars. */
  toMicros?: number | undefined;
};

/**
 * Takes the operator's choice about a step that a hard budget holds, once. Raised, the budget has the new limit for this
 * period, and all that wait for it go on as far as there is room; the budget itself stays. Errors: NOT_FOUND; INPUT_INVALID
 * where the new limit has no room for the call; CONFLICT where it was decided.
 */
export async function decideBudget(scope: Scope, args: BudgetDecide): Promise<{ taskId: string }> {
  const task = await requireTask(scope, args.taskId);
  if (task.request.kind !== 'budget')
    throw new AppError('INPUT_INVALID', 'This task is not about a budget. Decide it as what it is.');
  refuseWhereRoomCame(task.status);
  if (task.status !== 'open') requireSettled({ ok: false, reason: task.status });
  const { choice, token, toMicros } = args;
  if (choice === 'raise') await refuseTooLittle(task.request.hold, toMicros);
  const failure: NodeFailure = {
    code: 'BUDGET_EXCEEDED',
    message: `${task.request.hold.budget}: stopped by the operator, because the budget is used up.`,
  };
  const p = {
    taskId: task.id,
    projectId: scope.projectId,
    token,
    choice,
    toMicros: toMicros ?? null,
    by: scope.actor,
    failure,
  };
  const rows = await query<{ settled: Settled }>('select sg_decide_budget($1::jsonb) as settled', [storable(p)]);
  const settled = rows[0]?.settled;
  if (settled && !settled.ok) refuseWhereRoomCame(settled.reason);
  requireSettled(settled);
  await hintRuns([task.runId]);
  return { taskId: task.id };
}

/** A task about a budget goes with its run, and where there was room meanwhile. */
function refuseWhereRoomCame(status: string): void {
  if (status === 'cancelled')
    throw new AppError('CONFLICT', 'Nobody needs to decide any more: there was room meanwhile, or the run has ended.');
}

async function refuseTooLittle(hold: BudgetRequest['hold'], toMicros: number | undefined): Promise<void> {
  if (toMicros === undefined) throw new AppError('INPUT_INVALID', 'toMicros: say what the budget is raised to.');
  const rows = await query<{ spent: string }>(
    'select spent_micros::text as spent from budget_period where budget_id = $1 and period = $2',
    [hold.budgetId, hold.period],
  );
  const least = Number(rows[0]?.spent ?? hold.spentMicros) + hold.neededMicros;
  if (toMicros < least)
    throw new AppError(
      'INPUT_INVALID',
      `toMicros: with what is spent by now, the call needs a budget of at least $${dollars(least)}.`,
      { details: { leastMicros: least } },
    );
}
