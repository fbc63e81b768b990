import type { Pool } from 'pg';
import { contentWords } from './embedder.ts';

/** Where a search looks: within one project always, and optionally about one entity or of some kinds. */
export type SearchFilter = { projectId: string; entityId?: string; kinds?: string[] };
export type ChunkHit = { chunkId: string; itemId: string };

/** Words of a question that are looked for at most; the rest of a long one adds time and no precision. */
const mostWords = 32;

/**
 * Full text in Postgres, best first. Chunks that hold every word come first (`websearch_to_tsquery`: quotes and minus
 * work); chunks that hold some follow, each word counted by how rare it is in the project.
 */
export async function searchText(db: Pool, text: string, filter: SearchFilter, limit: number): Promise<ChunkHit[]> {
  const words = [...new Set(contentWords(text.toLowerCase()))].slice(0, mostWords);
  const shared = [filter.projectId, filter.entityId ?? null, kindsOf(filter), limit];
  const strict = await db.query<ChunkHit>(
    `select c.id as "chunkId", c.item_id as "itemId"
       from memory_chunk c join memory_item i on i.id = c.item_id, websearch_to_tsquery('simple', $5) q
      where c.project_id = $1 and ($2::uuid is null or c.entity_id = $2) and ($3::text[] is null or i.kind = any($3))
        and to_tsvector('simple', c.text) @@ q
      order by ts_rank_cd(to_tsvector('simple', c.text), q) desc, c.id limit $4`,
    [...shared, text],
  );
  if (strict.rows.length >= limit || words.length === 0) return strict.rows;
  const loose = await db.query<ChunkHit>(looseSql, [...shared, words]);
  const found = new Set(strict.rows.map((hit) => hit.chunkId));
  return [...strict.rows, ...loose.rows.filter((hit) => !found.has(hit.chunkId))].slice(0, limit);
}

export const kindsOf = ({ kinds }: SearchFilter): string[] | null => (kinds && kinds.length > 0 ? kinds : null);

const looseSql = `
with asked as (
  select word, plainto_tsquery('simple', word) as q from unnest($5::text[]) as word),
matched as (
  select c.id, c.item_id, a.word, ts_rank(to_tsvector('simple', c.text), a.q, 1) as strength
    from asked a
    join memory_chunk c on c.project_id = $1 and to_tsvector('simple', c.text) @@ a.q
    join memory_item i on i.id = c.item_id
   where numnode(a.q) > 0 and ($2::uuid is null or c.entity_id = $2) and ($3::text[] is null or i.kind = any($3))),
rarity as (
  select word, ln(1 + (select count(*) from memory_chunk where project_id = $1) / count(*)::float) as weight
    from matched group by word)
select m.id as "chunkId", m.item_id as "itemId" from matched m join rarity r using (word)
 group by m.id, m.item_id order by sum(m.strength * r.weight) desc, m.id limit $4`;
