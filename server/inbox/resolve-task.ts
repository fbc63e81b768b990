import type { NodeFailure } from '#nodes/core/errors.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { type Program, readProgram } from '#nodes/core/program.ts';
import { checkValue, type Type } from '#nodes/core/types.ts';
import { query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { storable } from '#server/engine/storable.ts';
import { AppError } from '#server/errors.ts';
import { hintRuns } from '#server/live/hint-runs.ts';
import { undoRun } from '#server/undo/undo-run.ts';
import { failedStep } from './failed-step.ts';
import { type FullTask, requireTask } from './require-task.ts';
import { requireSettled, type Settled } from './settled.ts';
import type { FailedStep, FailureChoice } from './types.ts';

export type TaskResolve = {
  taskId: string;
  token: string;
  choice: FailureChoice;
  /** For `edit`: the inputs to try again with; those left out stay as they were. */
  input?: JsonObject | undefined;
  /** For `skip`: what the node is taken to have given. */
  value?: Json | undefined;
};

/**
 * Takes the operator's choice about a step that failed for good, once: try again, with edited input, skip it with a value,
 * stop, or undo the run. Errors: NOT_FOUND; INPUT_INVALID naming the field that does not fit; CONFLICT where it was decided.
 */
export async function resolveTask(scope: Scope, args: TaskResolve): Promise<{ taskId: string; undoId: string | null }> {
  const task = await requireTask(scope, args.taskId);
  if (task.request.kind !== 'failure')
    throw new AppError('INPUT_INVALID', 'This task is not about a failure. Decide it as what it is.');
  if (task.status !== 'open') requireSettled({ ok: false, reason: task.status });
  const { choice, token } = args;
  if (choice === 'undo') return { taskId: task.id, undoId: await undoInstead(scope, task, token) };
  const decision = await decisionOf(task, { ...args, choice }, task.request.failure);
  const p = { taskId: task.id, projectId: scope.projectId, token, choice, by: scope.actor, decision };
  const rows = await query<{ settled: Settled }>('select sg_resolve_task($1::jsonb) as settled', [storable(p)]);
  requireSettled(rows[0]?.settled);
  await hintRuns([task.runId]);
  return { taskId: task.id, undoId: null };
}

/** The undo cancels the run and its tasks; this one was decided. */
async function undoInstead(scope: Scope, task: FullTask, token: string): Promise<string> {
  if (token !== task.token) requireSettled({ ok: false, reason: 'token' });
  const { undoId } = await undoRun(scope, task.runId);
  await query(
    `update task set status = 'decided', decision = jsonb_build_object('choice', 'undo', 'by', $2::text) where id = $1 and status = 'cancelled'`,
    [task.id, scope.actor],
  );
  return undoId;
}

type GoesOn = Omit<TaskResolve, 'choice'> & { choice: Exclude<FailureChoice, 'undo'> };

/** With what the step goes on. */
async function decisionOf(task: FullTask, args: GoesOn, failure: NodeFailure): Promise<JsonObject> {
  switch (args.choice) {
    case 'retry':
      return { kind: 'retry' };
    case 'edit':
      return { kind: 'retry', input: editedInput(await stepOf(task), args.input) };
    case 'skip':
      return { kind: 'skip', value: skipValue(await stepOf(task), args.value) };
    case 'stop':
      return { kind: 'stop', failure: failure as unknown as JsonObject };
  }
}

async function stepOf(task: FullTask): Promise<FailedStep> {
  const rows = await query<{ ir: Program }>('select ir from program where id = $1', [task.programId]);
  return await failedStep(task, readProgram(found(rows[0], 'The program of the run').ir));
}

function editedInput({ input, inputTypes }: FailedStep, edited: JsonObject | undefined): JsonObject {
  if (edited === undefined) throw new AppError('INPUT_INVALID', 'input: give the inputs to try again with.');
  for (const [name, value] of Object.entries(edited)) {
    const type = Object.hasOwn(inputTypes, name) ? inputTypes[name] : undefined;
    if (!type) {
      const known = Object.keys(inputTypes).join(', ') || 'none';
      throw new AppError('INPUT_INVALID', `input.${name}: the node has no such input. It has: ${known}.`);
    }
    refuseMisfit(`input.${name}`, type, value);
  }
  return { ...input, ...edited };
}

function skipValue({ skip }: FailedStep, value: Json | undefined): Json {
  if (value === undefined)
    throw new AppError('INPUT_INVALID', `value: give what the node is taken to have given with "${skip.outcome}".`);
  refuseMisfit('value', skip.type, value);
  return value;
}

function refuseMisfit(name: string, type: Type, value: Json): void {
  const problem = checkValue(type, value);
  if (problem)
    throw new AppError(
      'INPUT_INVALID',
      `${name}${problem.path ? `.${problem.path}` : ''}: expected ${problem.expected}, got ${problem.got}.`,
    );
}
