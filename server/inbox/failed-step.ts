import { skippedOutcome } from '#nodes/core/iterations.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import type { Program, State } from '#nodes/core/program.ts';
import { query } from '#server/db/pool.ts';
import { found } from '#server/db/scoped.ts';
import type { FullTask } from './require-task.ts';
import type { FailedStep } from './types.ts';

/** What a failed step ran with, what of it may be edited, and what it may be skipped with. */
export async function failedStep(task: Pick<FullTask, 'stepId' | 'state'>, program: Program): Promise<FailedStep> {
  const state = found(program.states[task.state], `The node "${task.state}"`);
  const rows = await query<{ attempt: number; input: JsonObject | null }>(
    'select s.attempt, v.input from step s left join step_value v on v.step_id = s.id where s.id = $1',
    [task.stepId],
  );
  const { attempt, input } = found(rows[0], 'The step');
  return { attempts: attempt, input: input ?? {}, inputTypes: state.inputTypes, skip: skipOf(state) };
}

/** How a state is left that the operator skips. */
export function skipOf(state: State): FailedStep['skip'] {
  const outcome = skippedOutcome(state);
  return { outcome, type: found(state.outcomeTypes[outcome], `The outcome "${outcome}"`) };
}
