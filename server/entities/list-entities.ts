import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { pageOf, readTimeCursor } from '#server/db/time-cursor.ts';
import { entityColumns, type StoredEntity, toEntityRow } from './rows.ts';
import type { EntityRow } from './types.ts';

type Filter = {
  type?: string | undefined;
  /** Found anywhere in the key or the values. */
  query?: string | undefined;
  cursor?: string | undefined;
  limit: number;
};

/** What the business knows of whom and what, the one that changed last first. */
export async function listEntities(scope: Scope, filter: Filter): Promise<{ items: EntityRow[]; next: string | null }> {
  const after = readTimeCursor(filter.cursor);
  const pattern = filter.query?.trim() ? `%${filter.query.trim().replace(/[\\%_]/g, '\\$&')}%` : null;
  const stored = await query<StoredEntity>(
    `select ${entityColumns} from entity e
      where e.project_id = $1 and ($2::text is null or e.type = $2)
        and ($3::text is null or e.key ilike $3 or e.data::text ilike $3)
        and ($4::timestamptz is null or (e.updated_at, e.id) < ($4, $5::uuid))
      order by e.updated_at desc, e.id desc limit $6`,
    [scope.projectId, filter.type ?? null, pattern, after?.at ?? null, after?.id ?? null, filter.limit + 1],
  );
  const { rows, next } = pageOf(stored, filter.limit, (row) => row.updatedAt);
  return { items: rows.map(toEntityRow), next };
}
