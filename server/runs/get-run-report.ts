import type { Json } from '#nodes/core/json.ts';
import { query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { shownSteps } from './step-rows.ts';
import type { RunStatus, StepStatus } from './types.ts';

/** A run as the command line tells it. Times are epoch milliseconds. */
export type RunReport = {
  runId: string;
  status: RunStatus;
  output: Json;
  steps: {
    stateId: string;
    path: string;
    attempt: number;
    status: StepStatus;
    outcome: string | null;
    /** Kind of waiting; only where it waits. */
    waitingFor?: string;
    startedAt: number | null;
    endedAt: number | null;
    costMicros: number;
  }[];
  spendMicros: number;
};

type StepLine = {
  stateId: string;
  path: string;
  attempt: number;
  status: StepStatus;
  outcome: string | null;
  waitingFor: string | null;
  startedAt: Date | null;
  endedAt: Date | null;
  costMicros: string;
};

/** Where a run stands, with every step of it. */
export async function getRunReport(scope: Scope, runId: string): Promise<RunReport> {
  const runs = await query<{ status: RunStatus; output: Json; spend: string }>(
    `select status, output, spend_micros::text as spend from run where id = $1 and project_id = $2`,
    [runId, scope.projectId],
  );
  const run = found(runs[0], `The run ${runId}`);
  const steps = await query<StepLine>(
    `select s.state as "stateId", s.path, s.attempt, s.status, s.outcome, s.waiting->>'kind' as "waitingFor",
            s.started_at as "startedAt", s.ended_at as "endedAt", s.cost_micros::text as "costMicros"
       from step s where s.run_id = $1 and ${shownSteps} order by s.id`,
    [runId],
  );
  return {
    runId,
    status: run.status,
    output: run.output,
    steps: steps.map(({ waitingFor, startedAt, endedAt, costMicros, ...step }) => ({
      ...step,
      ...(waitingFor === null ? {} : { waitingFor }),
      startedAt: startedAt?.getTime() ?? null,
      endedAt: endedAt?.getTime() ?? null,
      costMicros: Number(costMicros),
    })),
    spendMicros: Number(run.spend),
  };
}
