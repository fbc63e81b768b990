import type { Scope } from '#server/db/scoped.ts';
import { openUndo } from './open-undo.ts';
import type { UndoPlan } from './types.ts';

/**
 * Takes back what a run did, the newest first, and what the runs did that it called; one that is under way is cancelled
 * first. What was spent stays spent. Errors: NOT_FOUND; CONFLICT where it is being undone, or nothing is left to undo.
 */
export async function undoRun(scope: Scope, runId: string): Promise<{ undoId: string }> {
  return await openUndo(scope, { runId, kind: 'undo', toSeq: 0 }, refuseRepetition);
}

function refuseRepetition({ alreadyUndone, revertible, offers }: UndoPlan): string | null {
  return alreadyUndone > 0 && revertible + offers === 0
    ? 'The run was undone already, as far as that is possible. Look at what could not be undone and mend it by hand.'
    : null;
}
