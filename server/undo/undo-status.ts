import type { NodeFailure } from '#nodes/core/errors.ts';
import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { itemLabels } from '#server/runs/item-labels.ts';
import { requireRun } from '#server/runs/require-run.ts';
import type { UndoCan, UndoItemResult, UndoItemRow, UndoItemStatus, UndoStatus } from './types.ts';

type Undo = Omit<UndoStatus, 'items' | 'createdAt' | 'endedAt' | 'keptSpendMicros'> & {
  createdAt: Date;
  endedAt: Date | null;
  spend: string;
};
type Item = {
  ord: number;
  stepId: string;
  runId: string;
  state: string;
  path: string;
  title: string;
  can: UndoCan;
  why: string;
  status: UndoItemStatus;
  attempt: number;
  result: UndoItemResult | null;
  failure: NodeFailure | null;
  endedAt: Date | null;
  spent: string;
};

/** The last undo or rewind that was asked for and how far it is; null: nobody asked. Errors: NOT_FOUND. */
export async function undoStatus(scope: Scope, runId: string): Promise<UndoStatus | null> {
  await requireRun(scope, runId);
  const [undo] = await query<Undo>(
    `select u.id::text as "undoId", u.run_id::text as "runId", u.kind, u.to_seq as "toSeq", u.status, u.by, u.created_at as "createdAt",
            u.ended_at as "endedAt", r.spend_micros::text as spend
       from undo u join run r on r.id = u.run_id where u.run_id = $1 order by u.id desc limit 1`,
    [runId],
  );
  if (!undo) return null;
  const { spend, createdAt, endedAt, ...rest } = undo;
  return {
    ...rest,
    createdAt: createdAt.getTime(),
    endedAt: endedAt?.getTime() ?? null,
    items: await itemsOf(undo.undoId),
    keptSpendMicros: Number(spend),
  };
}

async function itemsOf(undoId: string): Promise<UndoItemRow[]> {
  const rows = await query<Item>(
    `select i.ord, i.step_id::text as "stepId", s.run_id::text as "runId", i.state, i.path, i.title, i.can, i.why, i.status, i.attempt,
            i.result, i.failure, i.ended_at as "endedAt", s.cost_micros::text as spent
       from undo_item i join step s on s.id = i.step_id where i.undo_id = $1 order by i.ord`,
    [undoId],
  );
  const labels = await itemLabels(query, rows);
  return rows.map(({ spent, endedAt, ...row }) => ({
    ...row,
    label: labels(row),
    spentMicros: Number(spent),
    endedAt: endedAt?.getTime() ?? null,
  }));
}
