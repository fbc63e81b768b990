import { randomBytes } from 'node:crypto';
import type { Decision } from '#nodes/core/define-node.ts';
import type { NodeFailure } from '#nodes/core/errors.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import type { Engine } from '../advance.ts';
import { storable } from '../storable.ts';
import type { Taken } from './compensate.ts';
import type { UndoItem } from './undone-step.ts';

type Claimed = Omit<UndoItem, 'undoId' | 'decision'> & { result: { decision?: Decision } | null };

/** Takes the next item of an undo under this worker's lease. `serving`: those that this process is at. Null: there is none. */
export async function claimItem(
  { pool, workerId }: Pick<Engine, 'pool' | 'workerId'>,
  undoId: string,
  serving: number[],
): Promise<UndoItem | null> {
  const { rows } = await pool.query<{ item: Claimed | null }>('select sg_undo_claim($1, $2, $3) as item', [
    workerId,
    undoId,
    serving,
  ]);
  const item = rows[0]?.item;
  if (!item) return null;
  const { result, ...rest } = item;
  return { ...rest, undoId, decision: result?.decision ?? null };
}

/** What became of an item; `pending`: it is tried again after a while. */
export type Settlement =
  | Taken
  | { status: 'failed'; failure: NodeFailure }
  | { status: 'pending'; failure: NodeFailure; retryInMs: number };

/** Stores what became of an item. False: it is not this worker's any more. */
export async function settleItem(
  { pool, workerId }: Pick<Engine, 'pool' | 'workerId'>,
  item: UndoItem,
  settled: Settlement,
): Promise<boolean> {
  const { undoId: undo, ord, attempt } = item;
  const p = { undo, ord, worker: workerId, attempt, ...settled, ...('task' in settled ? taskOf(item, settled) : {}) };
  const { rows } = await pool.query<{ settled: boolean }>('select sg_undo_settle($1::jsonb) as settled', [storable(p)]);
  return rows[0]?.settled ?? false;
}

function taskOf({ undoId, ord }: UndoItem, { task }: Extract<Taken, { status: 'offered' }>): JsonObject {
  if (task === null) return { task: undefined as never };
  const request = { ...task, undo: { undoId, ord } };
  return { task: { token: randomBytes(24).toString('base64url'), request: request as unknown as JsonObject } };
}
