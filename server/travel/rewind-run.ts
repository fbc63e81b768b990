import { readConsistently } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { openUndo } from '#server/undo/open-undo.ts';
import { placeAt } from './place.ts';
import { type PastRun, requirePast, requireSeq } from './require-past.ts';
import { pastUpTo } from './run-history.ts';

/**
 * Goes back to a checkpoint in the same run: what it did after it is taken back first, as far as it can be, then the run
 * goes on from there. Errors: NOT_FOUND; INPUT_INVALID naming the checkpoint; CONFLICT where nothing follows it, the run
 * is being undone, or another run waits for it.
 */
export async function rewindRun(
  scope: Scope,
  { runId, seq }: { runId: string; seq: number },
): Promise<{ undoId: string }> {
  const run = await readConsistently((query) => requirePast(query, { runId, projectId: scope.projectId }));
  requireSeq(run, seq);
  refuseCalled(run);
  placeAt(run.program, pastUpTo(run, seq));
  return await openUndo(scope, { runId, kind: 'rewind', toSeq: seq }, () => null);
}

/** Errors: CONFLICT where another run called this one and goes by how it ended. */
export function refuseCalled({ called }: Pick<PastRun, 'called'>): void {
  if (called)
    throw new AppError(
      'CONFLICT',
      'Another run called this one and goes by how it ended. Rewind or retry that one, or fork this one.',
    );
}
