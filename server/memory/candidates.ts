import type { Pool } from 'pg';
import type { Collection } from './bm25.ts';
import { textRanking } from './ranking.ts';
import { kindsOf, type SearchFilter } from './search-filter.ts';
import { readTerms, type Terms } from './words.ts';

export type ChunkHit = { chunkId: string; itemId: string };
/** A passage that is compared: its words as Postgres wrote them, and read. */
export type Passage = ChunkHit & { tsvector: string; terms: Terms };

export type Chosen = {
  rare: string[];
  /** Two words each that a passage holds together. */
  pairs: [string, string][];
  common: string | null;
  /** Of how many passages, the newest, those with the common word are taken; null: of all. */
  newest: number | null;
};

/**
 * The rarest words, as long as their passages can all be compared. Of the others pairs, the rarest ones, as far as there
 * is room; and the rarest one alone, of which the newest passages take the room that is left.
 */
export function chosen(words: readonly string[], { passages, held }: Collection): Chosen {
  const known = words.map((word) => ({ word, held: held(word) })).filter((each) => each.held > 0);
  const byRarity = known.sort((a, b) => a.held - b.held).slice(0, textRanking.mostWords);
  let room: number = textRanking.mostCompared;
  const rare = byRarity.filter((each) => {
    room -= each.held;
    return room >= 0;
  });
  room = textRanking.mostCompared - rare.reduce((sum, each) => sum + each.held, 0);
  const others = byRarity.slice(rare.length);
  const together = others
    .flatMap((a, at) => others.slice(at + 1).map((b) => ({ a, b, both: (a.held * b.held) / (passages || 1) })))
    .sort((a, b) => a.both - b.both);
  const pairs = together.slice(0, textRanking.mostPairs).filter(({ both }) => {
    room -= both;
    return room >= 0;
  });
  const [common] = others;
  return {
    rare: rare.map(({ word }) => word),
    pairs: pairs.map(({ a, b }) => [a.word, b.word]),
    common: common?.word ?? null,
    newest:
      common && common.held > wholeUpTo ? Math.ceil((2 * textRanking.mostCompared * passages) / common.held) : null,
  };
}

/** Of a word that no more passages hold they are all looked at for the newest ones: that is quicker than to find out since when to look. */
const wholeUpTo = 5_000;

/** The chosen passages of what a filter lets through. */
export async function candidates(
  db: Pool,
  { text, filter }: { text: string; filter: SearchFilter },
  { rare, pairs, common, newest }: Chosen,
): Promise<Passage[]> {
  if (rare.length === 0 && common === null) return [];
  const filtered = Object.entries(filter).some(([name, value]) => name !== 'projectId' && value !== undefined);
  const { rows } = await db.query<ChunkHit & { tsvector: string }>(comparedSql(pairs.length), [
    filter.projectId,
    filter.entityId ?? null,
    kindsOf(filter),
    filter.since ?? null,
    filter.until ?? null,
    filter.minImportance ?? null,
    usesSyntax.test(text) ? text : null,
    rare,
    common === null ? [] : [common],
    textRanking.mostCompared,
    filtered || usesSyntax.test(text) ? null : newest,
    textRanking.fewestCompared,
    ...pairs,
  ]);
  return rows.map((row) => ({ ...row, terms: readTerms(row.tsvector) }));
}

/** SQL: whether the passage `c` of the project `$1` holds one of some words. */
export const holdsAny = (words: string): string => `(${keys} && sg_word_keys($1::uuid, ${words}))`;
const holdsAll = (words: string): string => `(${keys} @> sg_word_keys($1::uuid, ${words}))`;
const keys = 'sg_word_keys(c.project_id, tsvector_to_array(c.words))';

const usesSyntax = /"[^"]+"|(?:^|\s)-[\p{L}\p{N}"]/u;

// The project is told by the keys. Asked for in a form that no index answers: to go through all of a project's passages is no way to find words.
const within = `(c.project_id = $1) is true and ($2::uuid is null or c.entity_id = $2)
  and ($7::text is null or c.words @@ websearch_to_tsquery('english', $7))
  and (($3::text[] is null and $4::float8 is null and $5::float8 is null and $6::float8 is null)
       or exists (select from memory_item i where i.id = c.item_id and ($3::text[] is null or i.kind = any($3))
            and ($4::float8 is null or i.at >= to_timestamp($4 / 1000)) and ($5::float8 is null or i.at <= to_timestamp($5 / 1000))
            and ($6::float8 is null or i.importance >= $6)))`;

// Of a word that stands in many passages the newest ones are found among the newest passages of the project.
const comparedSql = (pairs: number) => `
with rare as materialized (
  select c.id, c.item_id, c.words from memory_chunk c where ${holdsAny('$8::text[]')} and ${within} limit $10),
paired as materialized (
  select c.id, c.item_id, c.words from memory_chunk c
   where (${Array.from({ length: pairs }, (_, n) => holdsAll(`$${n + 13}::text[]`)).join(' or ') || 'false'})
     and c.id not in (select id from rare) and ${within} limit $10 - (select count(*) from rare)),
common as (
  select c.id, c.item_id, c.words from memory_chunk c
   where ${holdsAny('$9::text[]')} and ${within}
     and ($11::int is null or c.id >= (select coalesce(
           (select id from memory_chunk where project_id = $1 order by id desc offset $11 limit 1), '00000000-0000-0000-0000-000000000000')))
     and c.id not in (select id from rare union all select id from paired)
   order by c.id desc limit greatest(0, $12 - (select count(*) from rare) - (select count(*) from paired)))
select id as "chunkId", item_id as "itemId", words::text as tsvector
  from (select * from rare union all select * from paired union all select * from common) f order by id`;
