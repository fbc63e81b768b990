import { type Status, toStatus } from '#app/_ui/status.ts';
import type { RunRow } from '#server/runs/types.ts';

const waitWords: Record<string, string> = {
  approval: 'approval',
  decision: 'did it happen?',
  failure: 'your decision',
  retry: 'next attempt',
  timer: 'the clock',
  event: 'an event',
  child: 'another pipeline',
  budget: 'a budget',
  batch: 'a batch',
  place: 'a place',
};

/** How a run stands, as one status and a word or two: what was undone, that it is paused, what it waits for. */
export function runStatusOf(
  run: Pick<RunRow, 'status' | 'undo' | 'pausedAt' | 'waitingFor'> & Partial<Pick<RunRow, 'failure'>>,
): { status: Status; detail: string | null } {
  switch (run.undo) {
    case 'undoing':
      return { status: 'running', detail: 'undoing' };
    case 'undone':
      return { status: 'undone', detail: null };
    case 'partly':
      return { status: 'undone', detail: 'in part' };
    case null:
      break;
  }
  if (run.pausedAt !== null) return { status: 'waiting', detail: 'paused' };
  const waits = run.waitingFor.map((kind) => waitWords[kind] ?? kind).join(', ');
  return { status: toStatus(run.status), detail: run.failure?.code ?? (waits || null) };
}
