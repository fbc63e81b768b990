import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { requireRun } from './require-run.ts';
import { attemptsOf, type StoredStep, shownSteps, stepColumns, toStepRows } from './step-rows.ts';
import type { Timeline } from './types.ts';

const longest = 500;

/** The first 500 steps of a run in the order of their start, with their attempts; the rest is counted by node. */
export async function getTimeline(scope: Scope, runId: string): Promise<Timeline> {
  await requireRun(scope, runId);
  const steps = await query<StoredStep>(
    `select ${stepColumns} from step s where s.run_id = $1 and ${shownSteps}
      order by s.started_at nulls last, s.id limit $2`,
    [runId, longest],
  );
  const [rows, attempts, rest] = await Promise.all([
    toStepRows(runId, steps),
    attemptsOf(steps.map((step) => step.id)),
    steps.length < longest ? [] : restOf(runId),
  ]);
  return {
    rows: rows.map((row, index) => ({ ...row, attempts: attempts.get(steps[index]?.id ?? '') ?? [] })),
    rest,
    restSteps: rest.reduce((sum, entry) => sum + entry.steps, 0),
  };
}

async function restOf(runId: string): Promise<Timeline['rest']> {
  return await query(
    `select state, count(*)::int as steps
       from (select s.state from step s where s.run_id = $1 and ${shownSteps}
              order by s.started_at nulls last, s.id offset $2) beyond
      group by state order by state`,
    [runId, longest],
  );
}
