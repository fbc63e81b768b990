import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { hintRuns } from '#server/live/hint-runs.ts';
import { requireTask } from './require-task.ts';
import { requireSettled, type Settled } from './settled.ts';
import type { Answer } from './types.ts';

/**
 * Takes the operator's answer to "did this happen?", once: it did, do it again, or stop. Errors: NOT_FOUND;
 * INPUT_INVALID where the task asks for something else; CONFLICT where it was answered already.
 */
export async function answerTask(
  scope: Scope,
  args: { taskId: string; token: string; answer: Answer },
): Promise<{ taskId: string }> {
  const task = await requireTask(scope, args.taskId);
  if (task.kind !== 'decision')
    throw new AppError(
      'INPUT_INVALID',
      task.kind === 'approval'
        ? 'This task is an approval. Approve or reject it.'
        : 'This task is about failures. Choose what to do about them.',
    );
  const rows = await query<{ settled: Settled }>('select sg_answer_task($1::jsonb) as settled', [
    JSON.stringify({
      taskId: task.id,
      projectId: scope.projectId,
      token: args.token,
      answer: args.answer,
      by: scope.actor,
    }),
  ]);
  requireSettled(rows[0]?.settled);
  await hintRuns([task.runId]);
  return { taskId: task.id };
}
