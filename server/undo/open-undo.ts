import { inTransaction } from '#server/db/in-transaction.ts';
import { pool, type Query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { storable } from '#server/engine/storable.ts';
import { AppError } from '#server/errors.ts';
import { hintRuns } from '#server/live/hint-runs.ts';
import { planOf } from './plan-of.ts';
import type { UndoPlan } from './types.ts';

type Opened = { ok: true; undoId: string } | { ok: false; reason: 'not-found' | 'undoing' | 'undone' };
type Wanted = { runId: string; kind: 'undo' | 'rewind'; toSeq: number };

/**
 * Cancels what is left of a run, plans what is to be taken back, and leaves it to the workers: all in one transaction.
 * Errors: NOT_FOUND; CONFLICT where the run is being undone, or was, or `refuse` finds a reason in the plan.
 */
export async function openUndo(
  scope: Scope,
  wanted: Wanted,
  refuse: (plan: UndoPlan) => string | null,
): Promise<{ undoId: string }> {
  const undoId = await inTransaction(pool(), async (tx) => {
    const query: Query = async (sql, params = []) => (await tx.query(sql, params)).rows;
    const asked = { ...wanted, projectId: scope.projectId, by: scope.actor };
    const [row] = await query<{ opened: Opened }>('select sg_undo_open($1::jsonb) as opened', [storable(asked)]);
    const id = requireOpened(row?.opened, wanted.runId);
    const plan = await planOf(query, asked);
    const reason = refuse(plan);
    if (reason !== null) throw new AppError('CONFLICT', reason);
    const items = plan.items.map(({ stepId, state, path, title, can, why }) => ({
      stepId,
      state,
      path,
      title,
      can,
      why,
    }));
    await query('select sg_undo_items($1, $2::jsonb)', [id, storable(items)]);
    return id;
  });
  await hintRuns([wanted.runId]);
  return { undoId };
}

function requireOpened(opened: Opened | undefined, runId: string): string {
  if (opened?.ok) return opened.undoId;
  switch (opened?.reason) {
    case 'undoing':
      throw new AppError('CONFLICT', 'The run is being undone already. Wait until that is done.');
    case 'undone':
      throw new AppError('CONFLICT', 'The run was undone already. There is nothing left to undo.');
    default:
      throw new AppError('NOT_FOUND', `The run ${runId} was not found in this project.`);
  }
}
