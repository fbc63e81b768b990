import type { Pool } from 'pg';
import type { Json } from '#nodes/core/json.ts';
import { type Owner, ownerKey } from './owner.ts';

/** The value that an owner has at hand under a name; null where nothing is, or not any more. */
export async function heldValue(
  db: Pool,
  { projectId, owner, name }: { projectId: string; owner: Owner; name: string },
): Promise<{ value: Json } | null> {
  const { rows } = await db.query<{ value: Json }>(
    'select value from working_value where project_id = $1 and owner = $2 and name = $3 and expires_at > now()',
    [projectId, ownerKey(owner), name],
  );
  return rows[0] ?? null;
}
