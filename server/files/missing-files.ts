import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';

/** Which of some files the project does not have any more. */
export async function missingFiles(scope: Scope, ids: string[]): Promise<string[]> {
  const rows = await query<{ id: string }>(
    'select id from stored_file where project_id = $1 and id = any($2::uuid[])',
    [scope.projectId, ids],
  );
  const known = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => !known.has(id));
}
