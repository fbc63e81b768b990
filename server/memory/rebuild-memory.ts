import { pool } from '#server/db/pool.ts';
import { openVectorIndex } from './chroma.ts';
import { rebuildIndex } from './rebuild-index.ts';

/**
 * Rebuilds the index of every project from the process's database. Answers the number of chunks that the index holds
 * now. Throws IndexUnavailable.
 */
export async function rebuildMemory(
  chromaUrl: string | undefined,
  onProgress: (indexed: number, total: number) => void,
): Promise<number> {
  const { chunks } = await rebuildIndex(pool(), openVectorIndex(chromaUrl), {
    onProgress: ({ indexed, total }) => onProgress(indexed, total),
  });
  return chunks;
}
