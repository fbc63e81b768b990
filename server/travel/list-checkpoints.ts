import { query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import type { CheckpointRow } from './types.ts';

type Asked = { runId: string; cursor?: string | undefined; limit: number };
type Row = Omit<CheckpointRow, 'at' | 'kind'> & { id: string; at: Date };

/** The checkpoints of a run, the first one first: its start, and the point after each step that has ended. Errors: NOT_FOUND. */
export async function listCheckpoints(
  scope: Scope,
  { runId, cursor, limit }: Asked,
): Promise<{ items: CheckpointRow[]; next: string | null }> {
  const start = await startOf(scope, runId);
  const [seq, id] = cursor === undefined ? [0, '0'] : readCursor(cursor);
  const rows = await query<Row>(
    `select s.id::text, s.seq, coalesce(s.ended_at, s.created_at) as at, s.state, s.path, s.status, s.outcome, s.inherited from step s
      where s.run_id = $1 and s.seq is not null and s.status in ('done', 'failed') and (s.seq, s.id) > ($2, $3::bigint)
      order by s.seq, s.id limit $4`,
    [runId, seq, id, limit + 1],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const items = page.map(({ id: _, at, ...row }): CheckpointRow => {
    const internal = row.state.startsWith('$end:');
    const state = internal ? row.state.slice('$end:'.length) : row.state;
    return { ...row, state, at: at.getTime(), kind: internal ? 'iteration' : 'step' };
  });
  return {
    items: cursor === undefined ? [start, ...items] : items,
    next: rows.length > limit && last ? `${last.seq}.${last.id}` : null,
  };
}

async function startOf(scope: Scope, runId: string): Promise<CheckpointRow> {
  const rows = await query<{ at: Date; forked: boolean }>(
    'select created_at as at, forked_from is not null as forked from run where id = $1 and project_id = $2',
    [runId, scope.projectId],
  );
  const { at, forked } = found(rows[0], `The run ${runId}`);
  const nothing = { state: '', path: '', status: 'done', outcome: null } as const;
  return { seq: forked ? 1 : 0, at: at.getTime(), kind: 'start', ...nothing, inherited: false };
}

function readCursor(cursor: string): [number, string] {
  const [, seq, id] = cursor.match(/^(\d{1,10})\.(\d{1,18})$/) ?? [];
  if (seq === undefined || id === undefined)
    throw new AppError('INPUT_INVALID', 'cursor: it is not one that this list gave. Begin without one.');
  return [Number(seq), id];
}
