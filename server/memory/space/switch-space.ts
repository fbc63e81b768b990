import type { Pool } from 'pg';
import { inTransaction } from '#server/db/in-transaction.ts';
import { IndexUnavailable, type VectorIndex } from '../chroma.ts';
import { hashEmbedder } from './space.ts';
import { spacesOf } from './spaces.ts';

/**
 * Has a project searched by the space that was being built, where all its passages are in that index. The index before
 * is dropped; where it does not answer just then it stays behind unused. Answers whether it switched.
 */
export async function switchSpace(db: Pool, index: VectorIndex, projectId: string): Promise<boolean> {
  const { current, building } = await spacesOf(db, projectId);
  if (!building) return false;
  const switched = await inTransaction(db, async (tx) => {
    const { rowCount } = await tx.query(
      'select from memory_chunk where project_id = $1 and indexed_in is distinct from $2 limit 1',
      [projectId, building.name],
    );
    if (rowCount !== 0) return false;
    await tx.query(`delete from memory_space where project_id = $1 and state = 'current'`, [projectId]);
    const { rowCount: made } = await tx.query(
      `update memory_space set state = 'current' where project_id = $1 and name = $2`,
      [projectId, building.name],
    );
    return made === 1;
  });
  if (switched) await dropOld(index, projectId, current?.name ?? hashEmbedder.name);
  return switched;
}

async function dropOld(index: VectorIndex, projectId: string, name: string): Promise<void> {
  try {
    await index.drop(projectId, name);
  } catch (error) {
    if (!(error instanceof IndexUnavailable)) throw error;
  }
}
