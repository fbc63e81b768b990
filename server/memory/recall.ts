import type { Pool } from 'pg';
import type { MemoryCapability, MemoryHit } from '#nodes/core/capabilities.ts';
import { IndexUnavailable, type VectorIndex } from './chroma.ts';
import { embed } from './embedder.ts';
import { type Fused, fuse } from './fuse.ts';
import { type ChunkHit, type SearchFilter, searchText } from './text-search.ts';

export type Question = SearchFilter & { text: string; limit: number };
type Recalled = Awaited<ReturnType<MemoryCapability['recall']>>;

/** Chunks that each search contributes. */
const depth = 50;

/**
 * What the business knows about a question: nearest vectors and full text, fused by reciprocal rank, one hit per item
 * with its best passage. Without the index full text alone is used, and `vectors` says so.
 */
export async function recall(db: Pool, index: VectorIndex, question: Question): Promise<Recalled> {
  const { text, limit, ...filter } = question;
  if (text.trim() === '' || limit < 1) return { hits: [], vectors: index.state().ok };
  const [byVector, byText] = await Promise.all([nearest(index, text, filter), searchText(db, text, filter, depth)]);
  const fused = fuse(
    (byVector ?? []).map((hit) => hit.itemId),
    byText.map((hit) => hit.itemId),
  );
  const hits = await load(db, filter, fused, passages([...byText, ...(byVector ?? [])]));
  return { hits: hits.slice(0, limit), vectors: byVector !== null };
}

async function nearest(index: VectorIndex, text: string, filter: SearchFilter): Promise<ChunkHit[] | null> {
  const vector = embed(text);
  // A question without words has no direction: every chunk would be as near as any other.
  if (vector.every((value) => value === 0)) return index.state().ok ? [] : null;
  try {
    return await index.query(vector, filter, depth);
  } catch (error) {
    if (error instanceof IndexUnavailable) return null;
    throw error;
  }
}

/** Item → its best chunk. */
function passages(hits: ChunkHit[]): Map<string, string> {
  const best = new Map<string, string>();
  for (const { itemId, chunkId } of hits) if (!best.has(itemId)) best.set(itemId, chunkId);
  return best;
}

type Row = Omit<MemoryHit, 'score' | 'vectorRank' | 'textRank' | 'at'> & { at: string };

/** Reads the hits from Postgres, so that what the index still holds of removed items is left out. */
async function load(
  db: Pool,
  filter: SearchFilter,
  fused: Fused[],
  chunkOf: Map<string, string>,
): Promise<MemoryHit[]> {
  const { rows } = await db.query<Row>(
    `select i.id as "itemId", c.text, i.kind, i.tier, i.source, i.untrusted, floor(extract(epoch from i.at) * 1000)::bigint as at
       from memory_chunk c join memory_item i on i.id = c.item_id where c.id = any($1) and i.project_id = $2`,
    [[...chunkOf.values()], filter.projectId],
  );
  const byItem = new Map(rows.map((row) => [row.itemId, row]));
  return fused.flatMap(({ id, score, vectorRank, textRank }) => {
    const row = byItem.get(id);
    return row ? [{ ...row, at: Number(row.at), score, vectorRank, textRank }] : [];
  });
}
