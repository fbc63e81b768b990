import type { NodeFailure } from '#nodes/core/errors.ts';
import type { Json } from '#nodes/core/json.ts';
import { innermost } from '#nodes/core/program.ts';
import type { WaitReason } from '#nodes/core/step.ts';
import { query } from '#server/db/pool.ts';
import { shortText } from './short-text.ts';
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

/** Columns of a step `s`. Steps of a state that begins with `$end` are the engine's own and shown nowhere. */
export const stepColumns = `s.id::text as id, s.state, s.path, s.attempt, s.status, s.outcome, s.waiting as "waitingFor",
  s.started_at as "startedAt", s.ended_at as "endedAt", s.cost_micros::text as "costMicros", s.failure`;
/** What went in and came out of a step `s` with its row `v` of values, which is absent where both were empty. */
export const storedInput = `case when v.step_id is null and s.outcome is not null then '{}'::jsonb else v.input end`;
export const storedOutput = `case when v.step_id is null and s.outcome is not null then '{}'::jsonb else v.output end`;
export const shownSteps = `s.state not like '$end%'`;

/** Brings stored steps of one run into the form that lists show, each with the text of the item it works on. */
export async function toStepRows(runId: string, steps: StoredStep[]): Promise<StepRow[]> {
  const labels = await itemLabels(
    runId,
    steps.map((step) => step.path),
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
    label: labels.get(step.path) ?? '',
  }));
}

async function itemLabels(runId: string, paths: string[]): Promise<Map<string, string>> {
  const distinct = [...new Set(paths)].flatMap((path) => {
    const at = innermost(path);
    return at ? [{ path, ...at }] : [];
  });
  if (distinct.length === 0) return new Map();
  const rows = await query<{ path: string; value: Json }>(
    `select x.path, i.value from unnest($2::text[], $3::text[], $4::text[], $5::int[]) as x(path, map, parent, index)
       join step s on s.run_id = $1 and s.state = x.map and s.path = x.parent
       join map_item i on i.step_id = s.id and i.index = x.index`,
    [
      runId,
      distinct.map((at) => at.path),
      distinct.map((at) => at.mapId),
      distinct.map((at) => at.parent),
      distinct.map((at) => at.index),
    ],
  );
  return new Map(rows.map((row) => [row.path, shortText(row.value)]));
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
