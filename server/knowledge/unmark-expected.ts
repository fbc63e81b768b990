import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { found } from '#server/db/scoped.ts';

/** Takes an item out of what a question should find. Errors: NOT_FOUND. */
export async function unmarkExpected(scope: Scope, args: { query: string; itemId: string }): Promise<{ id: string }> {
  const [row] = await query<{ id: string }>(
    'delete from recall_expectation where project_id = $1 and query = $2 and item_id = $3 returning id',
    [scope.projectId, args.query.trim(), args.itemId],
  );
  return found(row, 'This mark');
}
