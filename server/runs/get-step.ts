import type { Provenance } from '#nodes/core/capabilities.ts';
import type { Json } from '#nodes/core/json.ts';
import type { Program } from '#nodes/core/program.ts';
import { query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { prunedValue } from '#server/retention/pruned-value.ts';
import { estimateOf } from './estimate.ts';
import { enclosingPaths } from './paths.ts';
import { requireRun } from './require-run.ts';
import { effectsOf, spendOf } from './step-ledger.ts';
import {
  attemptsOf,
  type StoredStep,
  shownSteps,
  stepColumns,
  storedInput,
  storedOutput,
  toStepRows,
} from './step-rows.ts';
import type { StepDetail } from './types.ts';

type Row = StoredStep & { input: Json; output: Json; provenance: unknown; logs: Json };
type ShownValues = Pick<StepDetail, 'input' | 'output' | 'provenance' | 'logs' | 'pruned'>;

/** One step with all that answers "why?": values, provenance, attempts, spend, effects and what it read. */
export async function getStep(scope: Scope, at: { runId: string; state: string; path: string }): Promise<StepDetail> {
  const run = await requireRun(scope, at.runId);
  const rows = await query<Row>(
    `select ${stepColumns}, ${storedInput} as input, ${storedOutput} as output, v.provenance, v.logs
       from step s left join step_value v on v.step_id = s.id
      where s.run_id = $1 and s.state = $2 and s.path = $3 and ${shownSteps}`,
    [at.runId, at.state, at.path],
  );
  const step = found(rows[0], `The step ${at.state}${at.path === '' ? '' : ` at ${at.path}`} of run ${at.runId}`);
  const [shown, attempts, spend, effects, upstream, estimate, task] = await Promise.all([
    toStepRows(at.runId, [step]),
    attemptsOf([step.id]),
    spendOf(step.id),
    effectsOf(step.id),
    upstreamOf(run, at),
    estimateOf({ pipelineId: run.pipelineId, state: at.state, exceptStepId: step.id }),
    taskOf(step.id),
  ]);
  return {
    ...found(shown[0], 'The step'),
    ...shownValues(step),
    attempts: attempts.get(step.id) ?? [],
    spend,
    effects,
    upstream,
    estimate,
    task,
  };
}

/** The values of a step. In place of what the retention policy removed stands a note, or for a list nothing; `pruned` says what it was. */
function shownValues({ input, output, provenance, logs }: Row): ShownValues {
  const lists = { provenance: prunedValue(provenance), logs: prunedValue(logs) };
  const pruned = { input: prunedValue(input), output: prunedValue(output), ...lists };
  return {
    input,
    output,
    provenance: lists.provenance ? [] : ((provenance ?? []) as Provenance[]),
    logs: lists.logs ? [] : (logs ?? []),
    pruned: Object.values(pruned).some((note) => note !== null) ? pruned : null,
  };
}

/** Outputs of the states that this one reads, from its own iteration or one that encloses it. */
async function upstreamOf(
  run: { programId: string },
  at: { runId: string; state: string; path: string },
): Promise<StepDetail['upstream']> {
  const programs = await query<{ reads: Program['states'][string]['reads'] | null }>(
    `select ir->'states'->$2->'reads' as reads from program where id = $1`,
    [run.programId, at.state],
  );
  return await query(
    `select distinct on (s.state) s.state, s.path, ${storedOutput} as output from step s left join step_value v on v.step_id = s.id
      where s.run_id = $1 and s.state = any($2) and s.path = any($3) and s.outcome is not null
      order by s.state, length(s.path) desc`,
    [at.runId, programs[0]?.reads ?? [], enclosingPaths(at.path)],
  );
}

async function taskOf(stepId: string): Promise<StepDetail['task']> {
  const rows = await query<{ id: string; status: string }>(
    'select id, status from task where step_id = $1 order by created_at desc limit 1',
    [stepId],
  );
  return rows[0] ?? null;
}
