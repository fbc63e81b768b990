import type { Pool } from 'pg';
import type { Holder } from './effect-ledger.ts';

/** Whether the worker still holds the attempt that it claimed: of a step, or of the item of an undo that takes it back. */
export async function holdsLease(
  pool: Pool,
  workerId: string,
  { stepId, attempt, undo }: Pick<Holder, 'stepId' | 'attempt' | 'undo'>,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    undo
      ? {
          name: 'sg_holds_item',
          text: `select from undo_item where undo_id = $1 and ord = $2 and status = 'running' and lease = $3 and attempt = $4`,
          values: [undo.undoId, undo.ord, workerId, attempt],
        }
      : {
          name: 'sg_holds_lease',
          text: `select from step where id = $1 and status = 'running' and lease = $2 and attempt = $3`,
          values: [stepId, workerId, attempt],
        },
  );
  return rowCount === 1;
}
