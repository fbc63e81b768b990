import type { Pool } from 'pg';
import { IndexUnavailable, type VectorIndex } from './chroma.ts';
import { embed, embedderName } from './embedder.ts';

type Pending = { id: string; itemId: string; projectId: string; entityId: string | null; kind: string; text: string };

/** Which chunks are brought into the index: of any project, of one, or those of one item; at most `limit`. */
export type Wanted = { limit: number; projectId?: string; itemId?: string };
export type Indexed = { indexed: number; available: boolean };

/**
 * Brings chunks that are not in the index into it. Answers how many it brought, and whether the index
 * took them: where it is away they stay pending. Several processes may do it at once; the index holds each chunk once.
 */
export async function indexChunks(db: Pool, index: VectorIndex, wanted: Wanted): Promise<Indexed> {
  const { rows } = await db.query<Pending>(
    `select c.id, c.item_id as "itemId", c.project_id as "projectId", c.entity_id as "entityId", i.kind, c.text
       from memory_chunk c join memory_item i on i.id = c.item_id
      where c.indexed_in is distinct from $1 and ($2::uuid is null or c.project_id = $2) and ($3::uuid is null or c.item_id = $3)
      order by c.project_id, c.id limit $4`,
    [embedderName, wanted.projectId ?? null, wanted.itemId ?? null, wanted.limit],
  );
  let indexed = 0;
  for (const [projectId, chunks] of Map.groupBy(rows, (row) => row.projectId)) {
    const entries = chunks.map(({ id, text, ...rest }) => ({ ...rest, chunkId: id, vector: embed(text) }));
    try {
      await index.upsert(projectId, entries);
    } catch (error) {
      if (error instanceof IndexUnavailable) return { indexed, available: false };
      throw error;
    }
    const ids = chunks.map(({ id }) => id);
    await db.query('update memory_chunk set indexed_in = $1 where id = any($2)', [embedderName, ids]);
    indexed += ids.length;
  }
  return { indexed, available: true };
}
