import { z } from 'zod';
import type { ModelRequest } from '#nodes/core/capabilities.ts';
import { NodeError } from '#nodes/core/errors.ts';
import type { Json } from '#nodes/core/json.ts';
import type { BudgetHold } from '#nodes/core/step.ts';
import type { StepScope } from '#server/adapters/step-scope.ts';
import { costMicros, type Price } from '#server/models/prices.ts';
import { inputBound, longestAnswer } from './worst-case.ts';

/** What a call has reserved. `bounded`: a hard budget counts on its longest answer, which the call must not exceed. */
export type Reservation = { id: string | null; bounded: number | null };

const none: Reservation = { id: null, bounded: null };

type Reserved =
  | { ok: true; id: string | null; bounded: boolean }
  | { ok: false; hold: BudgetHold }
  | { ok: false; unpriced: true };

/**
 * Reserves the worst case of a call, its input counted and the longest answer, in all budgets that it falls under, right
 * before it is made. Errors: BUDGET_EXCEEDED with what holds it, for which the engine lets the step wait; MODEL_UNPRICED
 * under a hard budget where nobody knows what the model costs.
 */
export async function reserve(step: StepScope, call: ReservedCall): Promise<Reservation> {
  if (!(await hasBudgets(step))) return none;
  const { request, model, price, lasting = false } = call;
  const most = longestAnswer(request, price);
  const micros = price && costMicros({ inputTokens: await inputBound(request, model), outputTokens: most }, price);
  const reserved = await ask(step, micros, lasting);
  if (reserved.ok) return { id: reserved.id, bounded: reserved.bounded ? most : null };
  if ('hold' in reserved) throw held(reserved.hold);
  throw new NodeError(
    'MODEL_UNPRICED',
    `Nobody knows what "${model}" costs, so a hard budget cannot hold it. Set its price on the page Spend; 0 where it is free.`,
    { happened: 'no' },
  );
}

/** `lasting`: it is under way for longer than the worker that reserves for it. */
export type ReservedCall = { request: ModelRequest; model: string; price: Price | null; lasting?: boolean };

async function hasBudgets({ db, projectId }: StepScope): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'sg_has_budgets',
    text: 'select from budget where project_id = $1 and removed_at is null limit 1',
    values: [projectId],
  });
  return rowCount === 1;
}

async function ask(
  { db, runId, stepId, workerId }: StepScope,
  micros: bigint | null,
  lasting: boolean,
): Promise<Reserved> {
  const { rows } = await db.query<{ reserved: Reserved }>('select sg_reserve_spend($1::jsonb) as reserved', [
    JSON.stringify({
      runId: runId.toString(),
      stepId: stepId.toString(),
      worker: lasting ? null : workerId.toString(),
      micros: micros?.toString() ?? null,
    }),
  ]);
  return rows[0]?.reserved as Reserved;
}

/** Gives back what was reserved for a call that was not charged. Repeated, it does nothing more. */
export async function release({ db }: Pick<StepScope, 'db'>, { id }: Reservation): Promise<void> {
  if (id !== null) await db.query('select sg_release_spend($1)', [id]);
}

function held(hold: BudgetHold): NodeError {
  const left = Math.max(0, hold.limitMicros - hold.spentMicros);
  const what = `the budget of this ${hold.budget}`;
  return new NodeError(
    'BUDGET_EXCEEDED',
    `The next model call may cost $${dollars(hold.neededMicros)}, and ${what} has $${dollars(left)} left. Raise it, wait or stop.`,
    { happened: 'no', details: { hold } as unknown as Json },
  );
}

/** Micro-dollars as dollars, with all digits that there are: a budget is exact. */
export const dollars = (micros: number): string => (micros / 1_000_000).toFixed(6).replace(/0{1,4}$/, '');

const holdSchema = z.object({
  hold: z.object({
    budgetId: z.uuid(),
    budget: z.enum(['run', 'pipeline', 'project', 'day', 'month']),
    period: z.string(),
    limitMicros: z.number(),
    spentMicros: z.number(),
    reservedMicros: z.number(),
    neededMicros: z.number(),
    asks: z.boolean(),
    renewsAtMs: z.number().nullable(),
  }),
});

/** The hold that a failure tells of, or null where it is another failure. */
export function holdOf(error: NodeError): BudgetHold | null {
  if (error.code !== 'BUDGET_EXCEEDED') return null;
  const read = holdSchema.safeParse(error.details);
  return read.success ? read.data.hold : null;
}
