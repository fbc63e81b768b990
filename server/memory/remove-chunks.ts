import type { Pool } from 'pg';
import { IndexUnavailable, type VectorIndex } from './chroma.ts';
import { embedderNames } from './space/spaces.ts';

/**
 * Takes chunks out of every index of a project. False: an index did not answer. It keeps entries then that nothing stands
 * behind; recall leaves them out, and a rebuild drops them.
 */
export async function removeChunks(
  db: Pool,
  index: VectorIndex,
  { projectId, chunkIds }: { projectId: string; chunkIds: string[] },
): Promise<boolean> {
  if (chunkIds.length === 0) return true;
  const names = await embedderNames(db, projectId);
  return (await Promise.all(names.map((name) => removed(index, { projectId, chunkIds, name })))).every(Boolean);
}

type Removal = { projectId: string; chunkIds: string[]; name: string };

async function removed(index: VectorIndex, { projectId, chunkIds, name }: Removal): Promise<boolean> {
  try {
    await index.remove(projectId, chunkIds, name);
    return true;
  } catch (error) {
    if (error instanceof IndexUnavailable) return false;
    throw error;
  }
}
