import type { Pool } from 'pg';
import type { MemoryCapability } from '#nodes/core/capabilities.ts';
import type { VectorIndex } from './chroma.ts';
import { removeChunks } from './remove-chunks.ts';

type Forgotten = Awaited<ReturnType<MemoryCapability['forget']>>;

/**
 * Removes the item that was added under an effect key, with its chunks. The index comes first: should this process
 * die in between, the item is still there to be forgotten. Where the index is away it keeps entries that nothing
 * stands behind; recall leaves them out, and a rebuild drops them.
 */
export async function forgetItem(
  db: Pool,
  index: VectorIndex,
  { projectId, effectKey }: { projectId: string; effectKey: string },
): Promise<Forgotten> {
  const { rows } = await db.query<{ itemId: string; chunkIds: string[] }>(
    `select i.id as "itemId", array(select c.id::text from memory_chunk c where c.item_id = i.id) as "chunkIds"
       from memory_item i where i.effect_key = $1 and i.project_id = $2`,
    [effectKey, projectId],
  );
  const item = rows[0];
  if (!item) return { itemId: null, vectors: true };
  const vectors = await removeChunks(db, index, { projectId, chunkIds: item.chunkIds });
  await db.query('select sg_forget_items($1, array[$2]::uuid[])', [projectId, item.itemId]);
  return { itemId: item.itemId, vectors };
}
