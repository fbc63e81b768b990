import { randomUUIDv7 } from 'node:crypto';
import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';

export type Marks = {
  query: string;
  itemIds: string[];
  /** The question should find them; false: they are not relevant to it. */
  relevant?: boolean | undefined;
};

/**
 * Notes that a question should have found these items, or that they are not relevant to it, and who says so: they become
 * part of the project's recall set. What is marked so already stays as it is; the other mark takes its place. Answers how
 * many were new. Errors: NOT_FOUND where the project has not all of the items; then none is marked.
 */
export async function markExpected(
  scope: Scope,
  { query: asked, itemIds, relevant = true }: Marks,
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
    `insert into recall_expectation as r (id, project_id, query, item_id, relevant, marked_by)
     select m.id, $1, $2, m.item_id, $6, $3 from unnest($4::uuid[], $5::uuid[]) as m(id, item_id)
     on conflict (project_id, query, item_id) do update set relevant = excluded.relevant, marked_by = excluded.marked_by, created_at = now()
      where r.relevant <> excluded.relevant returning r.id`,
    [scope.projectId, asked.trim(), scope.actor, ids, wanted, relevant],
  );
  return { marked: marked.length };
}
