import type { Status } from '#app/_ui/status.ts';
import type { BatchChoice, BudgetChoice, FailureChoice, ReviewChoice, TaskRow } from '#server/inbox/types.ts';

/** How a task ended: a word, and the status hue it stands in. */
export function outcomeOf(task: Pick<TaskRow, 'kind' | 'status' | 'decision'>): { word: string; status: Status } {
  if (task.status === 'cancelled')
    return task.kind === 'budget' || task.kind === 'batch'
      ? { word: 'no longer needed', status: 'done' }
      : { word: 'cancelled with its run', status: 'cancelled' };
  if (task.status === 'expired') return { word: 'timed out', status: 'skipped' };
  const { decision } = task;
  if (!decision) return { word: 'decided', status: 'done' };
  if (decision.kind === 'answer') {
    switch (decision.answer) {
      case 'happened':
        return { word: 'it happened', status: 'done' };
      case 'repeat':
        return { word: 'repeated', status: 'done' };
      case 'stop':
        return { word: 'stopped', status: 'failed' };
    }
  }
  if (decision.kind === 'choice') return choices[decision.choice];
  switch (decision.decision) {
    case 'approve':
      return { word: decision.edited ? 'approved, edited' : 'approved', status: 'done' };
    case 'reject':
      return { word: 'rejected', status: 'failed' };
    case 'timeout':
      return { word: 'timed out', status: 'skipped' };
  }
}

const choices: Record<FailureChoice | ReviewChoice | BudgetChoice | BatchChoice, { word: string; status: Status }> = {
  retry: { word: 'tried again', status: 'done' },
  edit: { word: 'tried again, edited', status: 'done' },
  skip: { word: 'skipped', status: 'skipped' },
  stop: { word: 'stopped', status: 'failed' },
  undo: { word: 'run undone', status: 'cancelled' },
  raise: { word: 'raised', status: 'done' },
  look: { word: 'looked at again', status: 'waiting' },
  wait: { word: 'waits for room', status: 'waiting' },
  release: { word: 'released', status: 'done' },
  'keep-held': { word: 'held', status: 'failed' },
};

/** The reason that was given with a decision, or null. */
export function reasonOf(task: Pick<TaskRow, 'decision'>): string | null {
  return task.decision?.kind === 'decision' ? task.decision.reason : null;
}
