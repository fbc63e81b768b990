import { query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';

export type Weighing = {
  id: string;
  /** Neither time nor limit takes it. */
  keep?: boolean | undefined;
  /** From 0 to 1. */
  importance?: number | undefined;
  /** Epoch milliseconds; null: no time of its own. */
  expiresAt?: number | null | undefined;
};

/** Says how long an item is kept and how important it is. What it says is not touched. Errors: NOT_FOUND. */
export async function weighItem(scope: Scope, { id, keep, importance, expiresAt }: Weighing): Promise<{ id: string }> {
  const rows = await query<{ id: string }>(
    `update memory_item set keep = coalesce($3, keep), importance = coalesce($4, importance),
            expires_at = case when $5 then to_timestamp($6 / 1000.0) else expires_at end
      where id = $1 and project_id = $2 returning id`,
    [id, scope.projectId, keep ?? null, importance ?? null, expiresAt !== undefined, expiresAt ?? null],
  );
  return found(rows[0], 'The item');
}
