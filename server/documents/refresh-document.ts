import { query } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { askToRead } from './ask-to-read.ts';

/** Reads a document again now, from its source or its file. Errors: NOT_FOUND. */
export async function refreshDocument(scope: Scope, id: string): Promise<{ documentId: string }> {
  const [row] = await query<{ id: string }>(
    'update document set check_at = now(), attempts = 0 where id = $1 and project_id = $2 returning id',
    [id, scope.projectId],
  );
  found(row, 'The document');
  await askToRead();
  return { documentId: id };
}
