import type { Pool } from 'pg';
import type { ModelAnswer, TaskClass } from '#nodes/core/capabilities.ts';
import type { NodeFailure } from '#nodes/core/errors.ts';
import type { StepScope } from '#server/adapters/step-scope.ts';
import { storable } from '#server/engine/storable.ts';
import type { ExpectedCall } from '#server/money/expect-call.ts';
import type { Reservation } from '#server/money/reserve.ts';
import { enclosingPaths } from '#server/runs/paths.ts';

/** A call of a step: the same in every attempt, as long as it asks the same. */
export type CallKey = { key: string; hash: string };

/** What the table `spend` keeps of a call. */
export type RecordedCall = {
  answer: ModelAnswer;
  /** `counted`: the server sent no usage, tokens were counted here. */
  usage: 'reported' | 'counted';
  failure: NodeFailure | null;
};

/** A call with its kind of work, what was reserved for it, which it settles, and what it was expected to cost. */
export type PaidCall = RecordedCall & {
  taskClass: TaskClass | undefined;
  reserved: Reservation | null;
  expected: ExpectedCall | null;
};

/** The recorded answer to the same request, or null. */
export async function findSpend(db: Pool, { key, hash }: CallKey): Promise<ModelAnswer | null> {
  const { rows } = await db.query<{ answer: RecordedCall }>(
    'select answer from spend where call_key in ($1, $2) and request_hash = $3',
    [key, changedKey({ key, hash }), hash],
  );
  return rows[0]?.answer.answer ?? null;
}

/** What is known of the step that a call belongs to. */
export type PayingStep = Pick<
  StepScope,
  'db' | 'projectId' | 'runId' | 'stepId' | 'workerId' | 'state' | 'path' | 'leadsFrom'
>;

/** Records a call and its cost in one commit. False: it was recorded before. */
export async function recordSpend(step: PayingStep, call: CallKey, paid: PaidCall): Promise<boolean> {
  if (await insert(step, call, paid)) return true;
  if ((await findSpend(step.db, call)) !== null) return false;
  // An earlier attempt asked something else under this key, because the input was changed since.
  return await insert(step, { ...call, key: changedKey(call) }, paid);
}

const changedKey = ({ key, hash }: CallKey): string => `${key}:${hash.slice(0, 16)}`;

async function insert(
  step: PayingStep,
  { key, hash }: CallKey,
  { answer, usage, failure, ...paid }: PaidCall,
): Promise<boolean> {
  const { taskClass = 'standard', reserved, expected } = paid;
  const recorded: RecordedCall = { answer, usage, failure };
  const { rows } = await step.db.query<{ recorded: boolean }>('select sg_record_spend($1::jsonb) as recorded', [
    storable({
      projectId: step.projectId,
      runId: step.runId.toString(),
      stepId: step.stepId.toString(),
      worker: step.workerId.toString(),
      state: step.state,
      path: step.path,
      callKey: key,
      requestHash: hash,
      provider: answer.provider,
      model: answer.model,
      rehearsal: answer.rehearsal,
      cached: answer.cached === true,
      inputTokens: answer.inputTokens,
      cachedInputTokens: answer.cachedInputTokens ?? 0,
      outputTokens: answer.outputTokens,
      priceId: answer.priceId,
      costMicros: answer.costMicros,
      answer: recorded,
      taskClass,
      reservation: reserved?.id ?? null,
      reads: step.leadsFrom(),
      paths: enclosingPaths(step.path),
      countedTokens: expected?.countedTokens ?? null,
      estimateP50: expected?.p50Micros ?? null,
      estimateP90: expected?.p90Micros ?? null,
    }),
  ]);
  return rows[0]?.recorded ?? false;
}
