import type { Pool } from 'pg';
import { contentWords } from './embedder.ts';

/** Where a search looks: within one project always, and optionally about one entity or of some kinds. */
export type SearchFilter = { projectId: string; entityId?: string; kinds?: string[] };
export type ChunkHit = { chunkId: string; itemId: string };

/** Words of a question that are looked for at most; the rest of a long one adds time and no precision. */
const mostWords = 32;
/** Passages that are compared at most: comparing reads each one's words again, so it must not grow with the memory. */
const mostCompared = 400;

/**
 * Full text in Postgres, best first. Passages that hold every word come first (`websearch_to_tsquery`: quotes and minus
 * work); those that hold some follow, each word counted by how rare it is. Of words that stand in very many passages
 * only the newest are compared.
 */
export async function searchText(db: Pool, text: string, filter: SearchFilter, limit: number): Promise<ChunkHit[]> {
  const words = [...new Set(contentWords(text.toLowerCase()))].slice(0, mostWords);
  const shared = [filter.projectId, filter.entityId ?? null, kindsOf(filter), mostCompared, limit];
  const strict = await db.query<ChunkHit>(strictSql, [...shared, text]);
  if (strict.rows.length >= limit || words.length === 0) return strict.rows;
  const loose = await db.query<ChunkHit>(looseSql, [...shared, words]);
  const found = new Set(strict.rows.map((hit) => hit.chunkId));
  return [...strict.rows, ...loose.rows.filter((hit) => !found.has(hit.chunkId))].slice(0, limit);
}

export const kindsOf = ({ kinds }: SearchFilter): string[] | null => (kinds && kinds.length > 0 ? kinds : null);

// How rare a word is, is counted without regard to kinds: that needs no look at each passage's item.
const counted = `c.project_id = $1 and ($2::uuid is null or c.entity_id = $2)`;
const within = `${counted}
  and ($3::text[] is null or exists (select from memory_item i where i.id = c.item_id and i.kind = any($3)))`;

const strictSql = `
select m.id as "chunkId", m.item_id as "itemId"
  from (select c.id, c.item_id, c.text, q from memory_chunk c, websearch_to_tsquery('simple', $6) q
         where to_tsvector('simple', c.text) @@ q and ${within} order by c.id desc limit $4) m
 order by ts_rank_cd(to_tsvector('simple', m.text), m.q) desc, m.id limit $5`;

// Passages are taken from the rarest words on, until there are enough to compare; these are ranked by BM25
// (Robertson, Zaragoza 2009; k1 = 1.2, b = 0.75) over all words of the question.
const looseSql = `
with asked as materialized (
  select word, q, (select count(*) from memory_chunk c where to_tsvector('simple', c.text) @@ q and ${counted}) as held
    from unnest($6::text[]) as word, plainto_tsquery('simple', word) q where numnode(q) > 0),
chosen as (
  select q from (select q, held, sum(held) over (order by held, word) - held as before from asked where held > 0) a
   where before < $4),
compared as materialized (
  select c.id, c.item_id, to_tsvector('simple', c.text) as words from memory_chunk c
   where c.id in (select c.id from chosen, memory_chunk c where to_tsvector('simple', c.text) @@ q and ${within}
                   order by c.id desc limit $4)),
size as (
  select avg(length(words)) as mean, (select count(*) from memory_chunk c where ${counted}) as total from compared),
matched as (
  select m.id, m.item_id, ln(1 + (total - held + 0.5) / (held + 0.5)) as rarity,
         coalesce(array_length(w.positions, 1), 1) as times, length(m.words) / mean as relative
    from compared m, size, unnest(m.words) w join asked on asked.word = w.lexeme)
select id as "chunkId", item_id as "itemId" from matched
 group by id, item_id
 order by sum(rarity * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * relative))) desc, id limit $5`;
