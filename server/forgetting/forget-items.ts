import type { Pool } from 'pg';
import type { VectorIndex } from '#server/memory/chroma.ts';
import { removeChunks } from '#server/memory/remove-chunks.ts';

/**
 * Removes items with everything made of them, from the indexes first: should this process die in between, they are still
 * there to be forgotten. `index` is false where it did not answer: recall leaves out what it holds of them.
 */
export async function forgetItems(
  db: Pool,
  index: VectorIndex,
  { projectId, itemIds }: { projectId: string; itemIds: string[] },
): Promise<{ items: number; index: boolean }> {
  const { rows } = await db.query<{ id: string }>(
    'select id from memory_chunk where project_id = $1 and item_id = any($2)',
    [projectId, itemIds],
  );
  const answered = await removeChunks(db, index, { projectId, chunkIds: rows.map(({ id }) => id) });
  const { rows: gone } = await db.query<{ n: number }>('select sg_forget_items($1, $2) as n', [projectId, itemIds]);
  return { items: gone[0]?.n ?? 0, index: answered };
}
