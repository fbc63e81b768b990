import type { Pool } from 'pg';
import { IndexUnavailable, type VectorIndex } from './chroma.ts';
import { type Indexed, indexChunks } from './index-chunks.ts';
import { forgetLostIndexes } from './lost-indexes.ts';

/**
 * The periodic round: notices where the index was emptied while nobody looked, and brings what it lacks into it, at
 * most `limit` chunks.
 */
export async function indexPending(db: Pool, index: VectorIndex, limit: number): Promise<Indexed> {
  try {
    await forgetLostIndexes(db, index);
  } catch (error) {
    if (error instanceof IndexUnavailable) return { indexed: 0, available: false };
    throw error;
  }
  return await indexChunks(db, index, { limit });
}
