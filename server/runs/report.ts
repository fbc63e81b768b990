import type { NodeFailure } from '#nodes/core/errors.ts';
import type { Json } from '#nodes/core/json.ts';
import type { WaitReason } from '#nodes/core/step.ts';
import { query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { shownSteps } from './step-rows.ts';
import type { RunStatus, StepStatus } from './types.ts';

export type ReportStep = {
  stateId: string;
  path: string;
  attempt: number;
  status: StepStatus;
  outcome: string | null;
  waitingFor?: WaitReason;
  failure?: NodeFailure;
  /** Epoch milliseconds. */
  startedAt: number | null;
  endedAt: number | null;
  costMicros: number;
};

/** A run as the command line prints it: `spendMicros` is the sum of the steps' `costMicros`. */
export type RunReport = {
  runId: string;
  ref: number;
  pipelineId: string;
  status: RunStatus;
  failure: NodeFailure | null;
  output: Json;
  steps: ReportStep[];
  spendMicros: number;
};

type StoredRun = Omit<RunReport, 'steps'>;

/** The whole of a run, step by step in the order they began. Errors: NOT_FOUND. */
export async function getRunReport(scope: Scope, runId: string): Promise<RunReport> {
  const [run] = await query<StoredRun>(
    `select id::text as "runId", ref, pipeline_id as "pipelineId", status, failure, output, spend_micros::float8 as "spendMicros"
       from run where id = $1 and project_id = $2`,
    [runId, scope.projectId],
  );
  const steps = await query<
    Omit<ReportStep, 'waitingFor' | 'failure'> & { waitingFor: WaitReason | null; failure: NodeFailure | null }
  >(
    `select s.state as "stateId", s.path, s.attempt, s.status, s.outcome, s.waiting as "waitingFor", s.failure,
            (extract(epoch from s.started_at) * 1000)::float8 as "startedAt", (extract(epoch from s.ended_at) * 1000)::float8 as "endedAt",
            s.cost_micros::float8 as "costMicros"
       from step s where s.run_id = $1 and ${shownSteps} order by s.id`,
    [runId],
  );
  return { ...found(run, `Run ${runId}`), steps: steps.map(withoutNulls) };
}

function withoutNulls({
  waitingFor,
  failure,
  ...step
}:
  | ReportStep
  | (Omit<ReportStep, 'waitingFor' | 'failure'> & {
      waitingFor: WaitReason | null;
      failure: NodeFailure | null;
    })): ReportStep {
  return { ...step, ...(waitingFor ? { waitingFor } : {}), ...(failure ? { failure } : {}) };
}

/** The same for a reader: one line per state, with how often it ended how. */
export function reportText({ ref, status, failure, steps, spendMicros, output }: RunReport): string {
  const byState = Map.groupBy(steps, ({ stateId }) => stateId);
  const lines = [...byState].map(([state, of]) => {
    const counts = Map.groupBy(of, (step) => step.waitingFor?.kind ?? step.outcome ?? step.status);
    return `  ${state}: ${[...counts].map(([what, those]) => `${those.length} ${what}`).join(', ')}`;
  });
  const ending = failure ? [`  ${failure.code}: ${failure.message}`] : [];
  return [
    `R-${ref} ${status}, $${(spendMicros / 1e6).toFixed(6)}`,
    ...lines,
    ...ending,
    ...(output === null ? [] : [JSON.stringify(output, null, 2)]),
  ].join('\n');
}
