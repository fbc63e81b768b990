import { processWide } from '#server/db/process-wide.ts';
import { env } from '#server/env.ts';
import { openVectorIndex, type VectorIndex } from '#server/memory/chroma.ts';

/** The vector index of this process, opened at the first use. */
export function vectorIndex(): VectorIndex {
  return processWide('vector-index', () => openVectorIndex(env().CHROMA_URL));
}
