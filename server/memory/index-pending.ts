import type { Pool } from 'pg';
import { IndexUnavailable, type VectorIndex } from './chroma.ts';
import { type Indexed, indexChunks } from './index-chunks.ts';
import { forgetLostIndexes } from './lost-indexes.ts';
import { learnProject } from './space/learn-project.ts';
import { switchSpace } from './space/switch-space.ts';

/** Chunks of one round: bounds what is held in memory. */
const atOnce = 2_000;

/**
 * The periodic round: notices where the index was emptied while nobody looked, learns from projects that have grown,
 * brings what the indexes lack into them, at most `limit` chunks, and has those searched that are complete.
 */
export async function indexPending(db: Pool, index: VectorIndex, limit: number): Promise<Indexed> {
  try {
    await forgetLostIndexes(db, index);
  } catch (error) {
    if (error instanceof IndexUnavailable) return { indexed: 0, available: false };
    throw error;
  }
  const { rows } = await db.query<{ id: string }>('select id from project order by id');
  for (const { id } of rows) await learnProject(db, id);
  const done = await indexUpTo(db, index, limit);
  if (done.available) for (const { id } of rows) await switchSpace(db, index, id);
  return done;
}

async function indexUpTo(db: Pool, index: VectorIndex, limit: number): Promise<Indexed> {
  let indexed = 0;
  while (indexed < limit) {
    const round = await indexChunks(db, index, { limit: Math.min(atOnce, limit - indexed) });
    indexed += round.indexed;
    if (!round.available) return { indexed, available: false };
    if (round.indexed === 0) break;
  }
  return { indexed, available: true };
}
