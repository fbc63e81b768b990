import { z } from 'zod';
import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { found } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { requirePipeline } from '#server/pipelines/require-pipeline.ts';
import { recordAudit } from '#server/projects/record-audit.ts';

export const budgetKinds = ['run', 'pipeline', 'project', 'day', 'month'] as const;
export const limitSchema = z.int('A limit is whole micro-dollars.').min(0).max(1_000_000_000_000);

export const createBudgetSchema = z.object({
  kind: z.enum(budgetKinds),
  /** Null: of the whole project. A budget of the kind `pipeline` names one. */
  pipelineId: z.uuid().nullable().default(null),
  limitMicros: limitSchema,
  /** Hard ones hold what does not fit and ask; soft ones tell. */
  hard: z.boolean(),
});
export const changeBudgetSchema = z.object({ budgetId: z.uuid(), limitMicros: limitSchema, hard: z.boolean() });

/** Makes a budget. What was spent before counts. Errors: NOT_FOUND; INPUT_INVALID where kind and pipeline do not go together. */
export async function createBudget(scope: Scope, budget: z.output<typeof createBudgetSchema>): Promise<{ id: string }> {
  const { kind, pipelineId } = budget;
  if (kind === 'pipeline' && pipelineId === null)
    throw new AppError('INPUT_INVALID', 'pipelineId: say which pipeline the budget is for.');
  if (kind === 'project' && pipelineId !== null)
    throw new AppError('INPUT_INVALID', 'pipelineId: a budget of the project is not for one pipeline.');
  if (pipelineId !== null) await requirePipeline(scope, pipelineId);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const { id } = await scope.db.budget.create({
    data: { ...budget, limitMicros: BigInt(budget.limitMicros), timeZone, createdBy: scope.actor } as never,
    select: { id: true },
  });
  await recordAudit(scope, { action: 'budget.create', subject: id, details: budget });
  return { id };
}

/** Changes the limit of a budget for all its periods. What it holds goes on as far as there is room. Errors: NOT_FOUND. */
export async function changeBudget(
  scope: Scope,
  { budgetId, limitMicros, hard }: z.output<typeof changeBudgetSchema>,
): Promise<{ id: string }> {
  await change(scope, budgetId, 'limit_micros = $3, hard = $4', [limitMicros, hard]);
  await recordAudit(scope, { action: 'budget.change', subject: budgetId, details: { limitMicros, hard } });
  return { id: budgetId };
}

/** Ends a budget: what it holds goes on. Errors: NOT_FOUND. */
export async function removeBudget(scope: Scope, budgetId: string): Promise<{ id: string }> {
  await change(scope, budgetId, 'removed_at = now()', []);
  await recordAudit(scope, { action: 'budget.remove', subject: budgetId });
  return { id: budgetId };
}

async function change(scope: Scope, budgetId: string, set: string, values: unknown[]): Promise<void> {
  const rows = await query<{ id: string }>(
    `with changed as (update budget set ${set} where id = $1 and project_id = $2 and removed_at is null returning id)
     select id from changed`,
    [budgetId, scope.projectId, ...values],
  );
  found(rows[0], 'The budget');
  // The operator is told anew, and who waits is looked at, once the change can be seen.
  await query('update budget_period set told_at = null where budget_id = $1', [budgetId]);
  await query(
    `select sg_look_at_budget(budget_id, period) from (select distinct budget_id, period from budget_hold where budget_id = $1) h`,
    [budgetId],
  );
}
