import type { NodeFailure } from '#nodes/core/errors.ts';
import type { WaitReason } from '#nodes/core/step.ts';
import { query } from '#server/db/pool.ts';
import { itemLabels } from './item-labels.ts';
import type { AttemptRow, StepRow, StepStatus } from './types.ts';

export type StoredStep = {
  id: string;
  state: string;
  path: string;
  attempt: number;
  status: StepStatus;
  outcome: string | null;
  waitingFor: WaitReason | null;
  startedAt: Date | null;
  endedAt: Date | null;
  costMicros: string;
  failure: NodeFailure | null;
};

/** Columns of a step `s`. Steps of a state that begins with `$end` are the engine's own, and those that a rewind put aside are over: neither is shown. */
export const stepColumns = `s.id::text as id, s.state, s.path, s.attempt, s.status, s.outcome, s.waiting as "waitingFor",
  s.started_at as "startedAt", s.ended_at as "endedAt", s.cost_micros::text as "costMicros", s.failure`;
/** What went in and came out of a step `s` with its row `v` of values, which is absent where both were empty. */
export const storedInput = `case when v.step_id is null and s.outcome is not null then '{}'::jsonb else v.input end`;
export const storedOutput = `case when v.step_id is null and s.outcome is not null then '{}'::jsonb else v.output end`;
export const shownSteps = `s.state not like '$end%' and s.status <> 'undone'`;

/** Brings stored steps of one run into the form that lists show, each with the text of the item it works on. */
export async function toStepRows(runId: string, steps: StoredStep[]): Promise<StepRow[]> {
  const labels = await itemLabels(
    query,
    steps.map(({ path }) => ({ runId, path })),
  );
  return steps.map((step) => ({
    state: step.state,
    path: step.path,
    attempt: step.attempt,
    status: step.status,
    outcome: step.outcome,
    waitingFor: step.waitingFor,
    startedAt: step.startedAt?.getTime() ?? null,
    endedAt: step.endedAt?.getTime() ?? null,
    costMicros: Number(step.costMicros),
    failure: step.failure,
    label: labels({ runId, path: step.path }),
  }));
}

/** The attempts of some steps, by step id, first attempt first: those that are over while the step went on, and its own. */
export async function attemptsOf(stepIds: string[]): Promise<Map<string, AttemptRow[]>> {
  const byStep = new Map<string, AttemptRow[]>(stepIds.map((id) => [id, []]));
  const rows = await query<{
    stepId: string;
    attempt: number;
    startedAt: Date;
    endedAt: Date | null;
    result: string | null;
    failure: NodeFailure | null;
  }>(
    `select a.step_id::text as "stepId", a.attempt, a.started_at as "startedAt", a.ended_at as "endedAt", a.result, a.failure
       from step_attempt a join step s on s.id = a.step_id
      where s.id = any($1::bigint[]) and (a.attempt < s.attempt or s.status in ('waiting', 'ready'))
      union all
     select s.id::text, s.attempt, coalesce(a.started_at, s.attempt_at, s.started_at), s.ended_at, nullif(s.status, 'running'), s.failure
       from step s left join step_attempt a on a.step_id = s.id and a.attempt = s.attempt
      where s.id = any($1::bigint[]) and s.attempt > 0 and s.status not in ('waiting', 'ready')
      order by 1, 2`,
    [stepIds],
  );
  for (const { stepId, startedAt, endedAt, ...rest } of rows)
    byStep.get(stepId)?.push({ ...rest, startedAt: startedAt.getTime(), endedAt: endedAt?.getTime() ?? null });
  return byStep;
}
