import type { Pool } from 'pg';
import type { Json } from '#nodes/core/json.ts';
import type { Query } from '#server/db/pool.ts';
import { storable } from '#server/engine/storable.ts';
import { outputStates, placeAt } from './place.ts';
import { requirePast } from './require-past.ts';
import { pastUpTo } from './run-history.ts';

/** Puts a run where the rewind wants it, once everything after that was taken back. Repeated, it does nothing more. */
export async function finishRewind(pool: Pool, undoId: string): Promise<void> {
  const query: Query = async (sql, params = []) => (await pool.query(sql, params)).rows;
  const [undo] = await query<{ runId: string; projectId: string; toSeq: number }>(
    `select u.run_id::text as "runId", r.project_id as "projectId", u.to_seq as "toSeq"
       from undo u join run r on r.id = u.run_id where u.id = $1`,
    [undoId],
  );
  if (!undo) return;
  const run = await requirePast(query, undo);
  const then = pastUpTo(run, undo.toSeq);
  const p: Record<string, Json> = {
    undoId,
    runId: undo.runId,
    toSeq: undo.toSeq,
    keep: then.past.flatMap(({ stepId }) => (stepId === null ? [] : [stepId])),
    outputs: outputStates(run.program),
    deadlineMs: run.program.settings.timeoutMs,
    place: placeAt(run.program, then),
  };
  await query('select sg_rewind_run($1::jsonb)', [storable(p)]);
}
