import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { pageOf, readTimeCursor } from '#server/db/time-cursor.ts';

export type DocumentRow = {
  id: string;
  itemId: string | null;
  name: string;
  alsoNamed: string[];
  format: string;
  bytes: number;
  passages: number;
  url: string | null;
  refreshHours: number | null;
  /** waiting: not read yet. failed: the last look failed, see `failure`; what was read before is still recalled. */
  status: 'waiting' | 'read' | 'failed';
  failure: { code: string; message: string } | null;
  createdAt: number;
  checkedAt: number | null;
  changedAt: number | null;
  /** Passages that came, stayed and went when it changed last. */
  lastChange: { added: number; kept: number; removed: number } | null;
};
type Stored = Omit<DocumentRow, 'createdAt' | 'checkedAt' | 'changedAt'> & {
  createdAt: Date;
  checkedAt: Date | null;
  changedAt: Date | null;
};

/** The documents of a project, newest first. */
export async function listDocuments(
  scope: Scope,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: DocumentRow[]; next: string | null }> {
  const after = readTimeCursor(page.cursor);
  const stored = await query<Stored>(
    `select d.id, d.item_id as "itemId", d.name, d.also_named as "alsoNamed", d.format, d.bytes, d.url, d.refresh_ms / 3600000.0::float as "refreshHours",
            (select count(*)::int from memory_chunk c where c.item_id = d.item_id) as passages, d.failure,
            case when d.failure is not null then 'failed' when d.item_id is null then 'waiting' else 'read' end as status,
            d.created_at as "createdAt", d.checked_at as "checkedAt", d.changed_at as "changedAt", d.last_change as "lastChange"
       from document d
      where d.project_id = $1 and ($2::timestamptz is null or (d.created_at, d.id) < ($2, $3::uuid))
      order by d.created_at desc, d.id desc limit $4`,
    [scope.projectId, after?.at ?? null, after?.id ?? null, page.limit + 1],
  );
  const { rows, next } = pageOf(stored, page.limit, (row) => row.createdAt);
  return {
    items: rows.map((row) => ({
      ...row,
      createdAt: row.createdAt.getTime(),
      checkedAt: row.checkedAt?.getTime() ?? null,
      changedAt: row.changedAt?.getTime() ?? null,
    })),
    next,
  };
}
