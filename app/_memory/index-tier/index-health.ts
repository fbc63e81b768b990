import { integer, plural } from '#app/_ui/format.ts';
import type { MemoryStats } from '#server/knowledge/memory-stats.ts';

/** How the vector index stands, in words that say what it means for searches and what to do. */
export type IndexHealth = { kind: 'whole' | 'behind' | 'degraded'; title: string; text: string };

export function indexHealth({
  chunks,
  indexed,
  vectors,
}: Pick<MemoryStats, 'chunks' | 'indexed' | 'vectors'>): IndexHealth {
  if (!vectors)
    return {
      kind: 'degraded',
      title: 'Degraded to full text: the vector index does not answer',
      text: 'Every recall goes on by words alone and says so. Nothing is lost: all passages are in the database. What the index lost comes back by itself once it answers, or at once by a rebuild.',
    };
  if (indexed < chunks)
    return {
      kind: 'behind',
      title: `Being brought up to date: ${integer(indexed)} of ${plural(chunks, 'passage')} are in it`,
      text: 'The others are found by full text until they are in it.',
    };
  return {
    kind: 'whole',
    title: chunks === 0 ? 'Nothing is remembered yet' : `Whole: it holds all ${plural(chunks, 'passage')}`,
    text: 'Searches use vectors and full text together.',
  };
}
