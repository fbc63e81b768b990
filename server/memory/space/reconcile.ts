import type { Pool } from 'pg';
import type { VectorIndex } from '../chroma.ts';

/**
 * Notes of each chunk whether an index holds it, by asking the index itself: what it lacks follows with `indexPending`.
 * Throws IndexUnavailable.
 */
export async function reconcile(db: Pool, index: VectorIndex, projectId: string, name: string): Promise<void> {
  const held = await index.ids(projectId, name);
  await db.query(
    `update memory_indexed c set indexed_in = case when h.id is null then null else $2 end
       from memory_indexed x left join unnest($3::uuid[]) as h(id) on h.id = x.chunk_id
      where x.project_id = $1 and c.chunk_id = x.chunk_id`,
    [projectId, name, held],
  );
}
