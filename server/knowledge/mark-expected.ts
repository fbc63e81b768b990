import { randomUUIDv7 } from 'node:crypto';
import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';

/**
 * Notes that a question should have found these items, and who says so: they become part of the project's recall set.
 * What is marked already stays as it is. Answers how many were new. Errors: NOT_FOUND where the project has not all of
 * the items; then none is marked.
 */
export async function markExpected(
  scope: Scope,
  { query: asked, itemIds }: { query: string; itemIds: string[] },
): Promise<{ marked: number }> {
  const wanted = [...new Set(itemIds)];
  const known = await query<{ id: string }>('select id from memory_item where project_id = $1 and id = any($2)', [
    scope.projectId,
    wanted,
  ]);
  if (known.length !== wanted.length)
    throw new AppError('NOT_FOUND', 'The project does not remember all of these items. Mark what a search shows.');
  const ids = wanted.map(() => randomUUIDv7());
  const marked = await query(
    `insert into recall_expectation (id, project_id, query, item_id, marked_by)
     select m.id, $1, $2, m.item_id, $3 from unnest($4::uuid[], $5::uuid[]) as m(id, item_id)
     on conflict (project_id, query, item_id) do nothing returning id`,
    [scope.projectId, asked.trim(), scope.actor, ids, wanted],
  );
  return { marked: marked.length };
}
