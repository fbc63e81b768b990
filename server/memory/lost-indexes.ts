import type { Pool } from 'pg';
import type { VectorIndex } from './chroma.ts';

/**
 * Notes chunks as not indexed where an index of their project has fewer than Postgres believes: its data was removed
 * or another server answers now. Answers the projects concerned; `indexPending` brings their chunks back.
 * Throws IndexUnavailable.
 */
export async function forgetLostIndexes(db: Pool, index: VectorIndex): Promise<string[]> {
  const { rows } = await db.query<{ projectId: string; embedder: string; believed: number }>(
    `select project_id as "projectId", indexed_in as embedder, count(*)::int as believed
       from memory_indexed where indexed_in is not null group by 1, 2`,
  );
  const lost = new Set<string>();
  for (const { projectId, embedder, believed } of rows) {
    if ((await index.count(projectId, embedder)) >= believed) continue;
    await forgetIndex(db, projectId);
    lost.add(projectId);
  }
  return [...lost];
}

/** Notes a project's chunks as not indexed. */
export async function forgetIndex(db: Pool, projectId: string): Promise<void> {
  await db.query('update memory_indexed set indexed_in = null where project_id = $1 and indexed_in is not null', [
    projectId,
  ]);
}
